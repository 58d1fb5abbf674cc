/** At the end of a message's text that is saved without a part of it. */
export const textLeftOut =
  "[A part of this message is too large to stand here. The message can be saved whole.]";
