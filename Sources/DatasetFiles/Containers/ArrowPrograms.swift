/// What Python does for us with files of Arrow, streams as well as files that can be entered anywhere.
/// Batches come and go one at a time, so that memory does not grow with the file.
enum ArrowPrograms {
  /// `program` below what all of them need; an error becomes one line.
  static func within(_ program: String) -> String {
    """
    import sys
    sys.path[:] = [folder for folder in sys.path if folder]
    import json
    import pyarrow as pa

    def opened(path):
        file = pa.OSFile(path)
        has_index = file.read(6) == b"ARROW1"
        file.seek(0)
        if not has_index:
            reader = pa.ipc.open_stream(file)
            return reader.schema, reader, pa.ipc.new_stream
        reader = pa.ipc.open_file(file)
        batches = (reader.get_batch(n) for n in range(reader.num_record_batches))
        return reader.schema, batches, pa.ipc.new_file

    def main():
    \(program.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))

    try:
        main()
    except Exception as error:
        sys.exit(type(error).__name__ + ": " + " ".join(str(error).split()))
    """
  }

  /// Writes the file at the first path as Parquet, in groups of about 64 MiB.
  static let toParquet = """
    import pyarrow.parquet as pq
    schema, batches, _ = opened(sys.argv[1])
    with pq.ParquetWriter(sys.stdout.buffer, schema) as out:
        waiting = []
        for batch in batches:
            waiting.append(batch)
            if sum(one.nbytes for one in waiting) > 1 << 26:
                out.write_table(pa.Table.from_batches(waiting, schema))
                waiting = []
        if waiting:
            out.write_table(pa.Table.from_batches(waiting, schema))
    """

  /// Writes the file at the first path as it is but for the changes at the second: JSON lines in the
  /// order of rows, with `row`, and `drop`, or for a changed column number n its new value as `cn`.
  /// Values that nobody changed are not converted on the way, and batches stay as long as they were.
  static let changing = """
    schema, batches, new_writer = opened(sys.argv[1])
    changes = (json.loads(line) for line in open(sys.argv[2], "rb"))
    change = next(changes, None)
    start = 0
    with new_writer(sys.stdout.buffer, schema) as out:
        for batch in batches:
            size = batch.num_rows
            dropped, renewed = set(), {}
            while change is not None and change["row"] < start + size:
                place = change["row"] - start
                if change.get("drop"):
                    dropped.add(place)
                for key, value in change.items():
                    if key[0] == "c":
                        renewed.setdefault(int(key[1:]), {})[place] = value
                change = next(changes, None)
            start += size
            columns = batch.columns
            for number, values in renewed.items():
                order = list(range(size))
                for count, place in enumerate(values):
                    order[place] = size + count
                added = pa.array(list(values.values()), schema.field(number).type)
                columns[number] = pa.concat_arrays([columns[number], added]).take(pa.array(order))
            if dropped:
                kept = pa.array([n for n in range(size) if n not in dropped], pa.int64())
                columns = [column.take(kept) for column in columns]
            if renewed or dropped:
                batch = pa.RecordBatch.from_arrays(columns, schema=schema)
            if batch.num_rows:
                out.write_batch(batch)
    """
}
