package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a process answers to an {@link EngineRequest}, one JSON object per line: any number of
 * {@link Progress}, then {@link Result} or {@link Failed}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = EngineAnswer.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = EngineAnswer.Result.class, name = "result"),
  @JsonSubTypes.Type(value = EngineAnswer.Failed.class, name = "error"),
})
public sealed interface EngineAnswer {

  /** So many units of the work are done. */
  record Progress(int done, int total) implements EngineAnswer {}

  /** What was asked for. */
  record Result(@JsonValue JsonNode value) implements EngineAnswer {

    /** Takes the object itself. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Result {}
  }

  /**
   * Why it cannot be had.
   *
   * @param family what kind of failure it is
   * @param code stable name of the failure
   * @param message one line for a person
   * @param field what of the request is at fault, if one part of it is
   */
  record Failed(ErrorFamily family, String code, String message, Optional<String> field)
      implements EngineAnswer {}
}
