#include "CSIMDJSON.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <utility>
#include <vector>

namespace ondemand = simdjson::ondemand;

namespace {

enum Kind : uint32_t { null_kind, false_kind, true_kind, number_kind, string_kind, array_kind,
                       object_kind };

struct Range {
  uint32_t start = 0, end = 0;
};

bool is_blank(uint8_t byte) {
  return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

int hexadecimal(uint8_t byte) {
  if (is_digit(byte)) return byte - '0';
  if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/// The end of the JSON number that begins at `from`, or NULL where none does.
const uint8_t *number_end(const uint8_t *from, const uint8_t *end) {
  const uint8_t *at = from;
  auto digits = [&] {
    const uint8_t *first = at;
    while (at < end && is_digit(*at)) at++;
    return at > first;
  };
  if (at < end && *at == '-') at++;
  if (at < end && *at == '0') at++;
  else if (!digits()) return nullptr;
  if (at < end && *at == '.') {
    at++;
    if (!digits()) return nullptr;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    at++;
    if (at < end && (*at == '+' || *at == '-')) at++;
    if (!digits()) return nullptr;
  }
  return at;
}

}  // namespace

struct csimdjson_parser {
  ondemand::parser simd;
  std::vector<csimdjson_node> nodes;
  std::vector<uint8_t> texts;

  bool parse(const uint8_t *bytes, size_t count, size_t capacity, unsigned depth_limit) {
    nodes.clear();
    texts.clear();
    if (count > UINT32_MAX / 2) return false;
    begin = bytes;
    end = bytes + count;
    ondemand::document document;
    auto text = reinterpret_cast<const char *>(bytes);
    simdjson::padded_string_view padded(text, count, capacity);
    if (simd.iterate(padded).get(document)) return false;
    ondemand::value root;
    if (document.get_value().get(root)) return false;
    if (!walk(root, Range{}, depth_limit)) return false;
    while (cursor < end && is_blank(*cursor)) cursor++;
    return cursor == end;
  }

 private:
  const uint8_t *begin = nullptr, *end = nullptr;
  /// Behind the value that was read last.
  const uint8_t *cursor = nullptr;

  uint32_t offset(const uint8_t *at) const { return static_cast<uint32_t>(at - begin); }
  uint32_t text_offset() const { return static_cast<uint32_t>(texts.size()); }

  bool walk(ondemand::value value, Range key, unsigned depth_left) {
    std::string_view token = value.raw_json_token();
    auto start = reinterpret_cast<const uint8_t *>(token.data());
    if (start < begin || start >= end) return false;
    size_t index = nodes.size();
    nodes.push_back(csimdjson_node{});
    Range text{text_offset(), text_offset()};
    uint32_t kind;
    switch (*start) {
      case '{':
        kind = object_kind;
        if (depth_left == 0 || !walk_object(value, start, depth_left - 1)) return false;
        break;
      case '[':
        kind = array_kind;
        if (depth_left == 0 || !walk_array(value, start, depth_left - 1)) return false;
        break;
      case '"':
        kind = string_kind;
        if (!(cursor = decode(start + 1))) return false;
        text.end = text_offset();
        break;
      case 't':
        kind = true_kind;
        if (!literal(start, "true")) return false;
        break;
      case 'f':
        kind = false_kind;
        if (!literal(start, "false")) return false;
        break;
      case 'n':
        kind = null_kind;
        if (!literal(start, "null")) return false;
        break;
      default:
        kind = number_kind;
        if (!(cursor = number_end(start, end)) || !at_delimiter()) return false;
        texts.insert(texts.end(), start, cursor);
        text.end = text_offset();
    }
    nodes[index] = csimdjson_node{kind,       static_cast<uint32_t>(nodes.size()),
                                  offset(start), offset(cursor),
                                  text.start, text.end,
                                  key.start,  key.end};
    return true;
  }

  bool walk_object(ondemand::value &value, const uint8_t *start, unsigned depth_left) {
    ondemand::object object;
    if (value.get_object().get(object)) return false;
    cursor = start + 1;
    for (auto item : object) {
      ondemand::field field;
      if (std::move(item).get(field)) return false;
      Range key{text_offset(), 0};
      if (!decode(reinterpret_cast<const uint8_t *>(field.key().raw()))) return false;
      key.end = text_offset();
      if (!walk(field.value(), key, depth_left)) return false;
    }
    return close('}');
  }

  bool walk_array(ondemand::value &value, const uint8_t *start, unsigned depth_left) {
    ondemand::array array;
    if (value.get_array().get(array)) return false;
    cursor = start + 1;
    for (auto item : array) {
      ondemand::value element;
      if (std::move(item).get(element)) return false;
      if (!walk(element, Range{}, depth_left)) return false;
    }
    return close(']');
  }

  /// Moves behind the bracket that ends a container.
  bool close(uint8_t bracket) {
    while (cursor < end && is_blank(*cursor)) cursor++;
    return cursor < end && *cursor++ == bracket;
  }

  bool literal(const uint8_t *start, const char *word) {
    size_t length = strlen(word);
    if (static_cast<size_t>(end - start) < length || memcmp(start, word, length) != 0) return false;
    cursor = start + length;
    return at_delimiter();
  }

  bool at_delimiter() const {
    return cursor == end || is_blank(*cursor) || *cursor == ',' || *cursor == ']' || *cursor == '}';
  }

  /// Appends the decoded text of the string whose first byte is at `from`; the end of the string,
  /// behind its closing quote, or NULL where an escape is none.
  const uint8_t *decode(const uint8_t *from) {
    const uint8_t *quote = nullptr;
    for (const uint8_t *at = from;;) {
      if (quote < at) {
        quote = static_cast<const uint8_t *>(memchr(at, '"', end - at));
        if (!quote) return nullptr;
      }
      auto escape = static_cast<const uint8_t *>(memchr(at, '\\', quote - at));
      texts.insert(texts.end(), at, escape ? escape : quote);
      if (!escape) return quote + 1;
      at = unescape(escape + 1);
      if (!at) return nullptr;
    }
  }

  /// Appends what the escape whose letter is at `at` stands for; the byte behind it, or NULL.
  const uint8_t *unescape(const uint8_t *at) {
    if (at >= end) return nullptr;
    switch (*at) {
      case '"': case '\\': case '/': texts.push_back(*at); return at + 1;
      case 'b': texts.push_back('\b'); return at + 1;
      case 'f': texts.push_back('\f'); return at + 1;
      case 'n': texts.push_back('\n'); return at + 1;
      case 'r': texts.push_back('\r'); return at + 1;
      case 't': texts.push_back('\t'); return at + 1;
      case 'u': break;
      default: return nullptr;
    }
    int32_t scalar = unit(at + 1);
    at += 5;
    if (scalar >= 0xD800 && scalar < 0xDC00) {
      if (end - at < 6 || at[0] != '\\' || at[1] != 'u') return nullptr;
      int32_t low = unit(at + 2);
      if (low < 0xDC00 || low >= 0xE000) return nullptr;
      scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    } else if (scalar < 0 || (scalar >= 0xDC00 && scalar < 0xE000)) {
      return nullptr;
    }
    append(static_cast<uint32_t>(scalar));
    return at;
  }

  /// The value of four hexadecimal digits, or -1.
  int32_t unit(const uint8_t *at) const {
    if (end - at < 4) return -1;
    int32_t value = 0;
    for (int digit = 0; digit < 4; digit++) {
      int bits = hexadecimal(at[digit]);
      if (bits < 0) return -1;
      value = value << 4 | bits;
    }
    return value;
  }

  void append(uint32_t scalar) {
    auto byte = [&](uint32_t value) { texts.push_back(static_cast<uint8_t>(value)); };
    if (scalar < 0x80) {
      byte(scalar);
    } else if (scalar < 0x800) {
      byte(0xC0 | scalar >> 6);
      byte(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
      byte(0xE0 | scalar >> 12);
      byte(0x80 | (scalar >> 6 & 0x3F));
      byte(0x80 | (scalar & 0x3F));
    } else {
      byte(0xF0 | scalar >> 18);
      byte(0x80 | (scalar >> 12 & 0x3F));
      byte(0x80 | (scalar >> 6 & 0x3F));
      byte(0x80 | (scalar & 0x3F));
    }
  }
};

size_t csimdjson_padding(void) { return simdjson::SIMDJSON_PADDING; }

csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser; }

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

bool csimdjson_parse(csimdjson_parser *parser, const uint8_t *bytes, size_t count, size_t capacity,
                     unsigned depth_limit) {
  return parser->parse(bytes, count, capacity, depth_limit);
}

const csimdjson_node *csimdjson_nodes(const csimdjson_parser *parser, size_t *count) {
  *count = parser->nodes.size();
  return parser->nodes.data();
}

const uint8_t *csimdjson_texts(const csimdjson_parser *parser, size_t *count) {
  *count = parser->texts.size();
  return parser->texts.data();
}
