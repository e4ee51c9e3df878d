package org.bagnetlab.server.http;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The strong entity tag of a response (RFC 9110, section 8.8.3).
 *
 * @param value without quotes and commas
 */
record EntityTag(String value) {

  /**
   * Whether a client has the response already. The comparison is weak, since a proxy that
   * compresses a response makes its tag weak.
   *
   * @param ifNoneMatch the request's header; null: there is none
   */
  boolean isIn(@Nullable String ifNoneMatch) {
    return ifNoneMatch != null
        && Stream.of(ifNoneMatch.split(","))
            .map(String::strip)
            .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
            .anyMatch(tag -> tag.equals("*") || tag.equals(toString()));
  }

  /** As it is in a header. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }
}
