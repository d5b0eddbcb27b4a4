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
    AnswerLists(),
    LabelStudio(),
    PRISMConversation(),
    Unpaired(),
  ]

  /// The format of rows whose sides stand in fields that the person has named.
  public static func mapped(
    prompt: FieldPath?, chosen: FieldPath, rejected: FieldPath
  ) -> any RowFormat {
    MappedFields(prompt: prompt, chosen: chosen, rejected: rejected)
  }
}
