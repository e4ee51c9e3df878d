package org.bagnetlab.server.http;

import java.util.List;
import java.util.stream.Stream;

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
   * @param ifNoneMatch the request's headers of this name
   */
  boolean isIn(List<String> ifNoneMatch) {
    return ifNoneMatch.stream()
        .flatMap(header -> Stream.of(header.split(",")))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(toString()) || tag.equals("W/" + this));
  }

  /** As it is in a header. */
  @Override
  public String toString() {
    return '"' + value + '"';
  }
}
