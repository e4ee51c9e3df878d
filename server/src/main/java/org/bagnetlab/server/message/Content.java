package org.bagnetlab.server.message;

import java.util.List;
import java.util.Optional;
import org.bagnetlab.server.results.digest.Digest;
import org.bagnetlab.server.table.WrittenTable;

/**
 * What a message says below its first sentence.
 *
 * @param sentences its lines
 * @param tables tables below them
 * @param picture a chart, if there is one
 * @param digest the numbers for programs
 */
public record Content(
    List<String> sentences,
    List<WrittenTable> tables,
    Optional<MessagePicture> picture,
    Optional<Digest> digest) {

  /** No more than the first sentence. */
  public static final Content NONE =
      new Content(List.of(), List.of(), Optional.empty(), Optional.empty());
}
