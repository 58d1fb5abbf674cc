/**
 * Which fields are asked for: Gmail sends nothing else.
 * @see https://developers.google.com/workspace/gmail/api/guides/performance#partial-response
 */

export const messageIdsFields = "messages(id,threadId),nextPageToken,resultSizeEstimate";

export const historyFields =
  "history(id,messagesAdded(message(id,threadId,labelIds)),messagesDeleted(message(id,threadId))," +
  "labelsAdded(message(id,threadId),labelIds),labelsRemoved(message(id,threadId),labelIds)),nextPageToken,historyId";

export const labelsFields = "labels(id,name,type,color,labelListVisibility)";

export const labelCountsFields = "id,messagesTotal,messagesUnread";

/** `fields` knows no recursion. Mail seldom nests deeper than mixed › related › alternative › text; a level is spare. */
const partLevels = 5;

/**
 * A message as a list needs it: everything but the bodies, so that one of 25 MB costs what a short one does.
 *
 * Parts come with their headers, because `Content-Disposition` and `Content-ID` alone tell a file the sender attached from a
 * picture inside the text. They are few and alike, and gzip makes little of them; the top level's `Received` and `DKIM-…`
 * lines weigh more, but `fields` cannot pick headers by name. Left out is `body.attachmentId`: some 400 random
 * characters each, good for a short while only, and not needed before the message is opened.
 */
export const listedMessageFields = `id,threadId,labelIds,snippet,historyId,internalDate,sizeEstimate,payload(${partFields(partLevels)})`;

function partFields(levels: number): string {
  const own = "partId,mimeType,filename,headers,body/size";
  return levels === 0 ? own : `${own},parts(${partFields(levels - 1)})`;
}
