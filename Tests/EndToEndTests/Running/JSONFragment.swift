import Foundation

/// A value as Foundation's reader of JSON sees it: an opinion that shares no code with the program's.
struct JSONFragment: Equatable {
  let value: NSObject

  init(_ text: some StringProtocol) throws { try self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) throws {
    let value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    self.init(value)
  }

  private init(_ value: Any) {
    self.value = value as? NSObject ?? NSNull()
  }

  var object: [String: JSONFragment]? {
    (value as? [String: Any])?.mapValues(JSONFragment.init(_:))
  }

  var array: [JSONFragment]? { (value as? [Any])?.map(JSONFragment.init(_:)) }
  var string: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var integer: Int? { (value as? NSNumber)?.intValue }
  var isNull: Bool { value is NSNull }

  subscript(key: String) -> JSONFragment? { object?[key] }
}
