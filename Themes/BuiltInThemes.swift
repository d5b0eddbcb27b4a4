/// The theme files of this folder, as they stand in the binary.
public enum BuiltInThemes {
  /// The names in the order in which they are listed.
  public static let names = ["dark", "light", "high-contrast", "mono"]

  /// The text of the theme `name`, or nil where there is none of that name.
  public static func source(named name: String) -> String? {
    let bytes: [UInt8]
    switch name {
    case "dark": bytes = PackageResources.dark_theme
    case "light": bytes = PackageResources.light_theme
    case "high-contrast": bytes = PackageResources.high_contrast_theme
    case "mono": bytes = PackageResources.mono_theme
    default: return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
