package org.bagnetlab.vision.staging;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Describes for users what is wrong with a JSON file. */
public final class JsonProblem {

  private JsonProblem() {}

  /** The parser's message without the names of its options. */
  public static String words(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("[;,]? *\\(?`DeserializationFeature\\.\\w+` (is )?enabled\\)?", "");
  }
}
