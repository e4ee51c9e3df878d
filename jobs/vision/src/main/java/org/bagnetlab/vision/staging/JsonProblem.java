package org.bagnetlab.vision.staging;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Describes an invalid JSON file in messages for users. */
public final class JsonProblem {

  private JsonProblem() {}

  /** The parser's message without the names of parser options. */
  public static String words(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("[;,]? *\\(?`DeserializationFeature\\.\\w+` (is )?enabled\\)?", "");
  }
}
