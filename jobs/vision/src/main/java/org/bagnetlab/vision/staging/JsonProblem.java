package org.bagnetlab.vision.staging;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a JSON file, for a person. */
public final class JsonProblem {

  private JsonProblem() {}

  /** The words of the parser without the names of its switches. */
  public static String words(JsonProcessingException e) {
    return e.getOriginalMessage()
        .replaceAll("[;,]? *\\(?`DeserializationFeature\\.\\w+` (is )?enabled\\)?", "");
  }
}
