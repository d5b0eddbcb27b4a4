/// The formats that Demur knows.
public enum RowFormats {
  /// Every format that is detected by itself, the more particular before the more general.
  public static let all: [any RowFormat] = [
    OpenAIPreference(),
    LLaMAFactoryMessages(),
    MSSwift(),
    ConversationColumn.llamaFactorySharegpt,
    ConversationColumn.axolotlMessages,
    HHTranscripts(),
    TRLStandardExplicit(),
    TRLConversationalExplicit(),
    TRLConversationalImplicit(),
    TRLStandardImplicit(),
    LLaMAFactoryAlpaca(),
    QuestionColumn.axolotlIntel,
    QuestionColumn.axolotlICR,
    QuestionColumn.axolotlArgilla,
    QuestionColumn.nemoAligner,
    JointPreference(),
  ]

  /// The format of rows whose fields the person has named.
  public static func mapped(_ mapping: FieldMapping) -> any RowFormat {
    MappedFields(mapping: mapping)
  }
}
