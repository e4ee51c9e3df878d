package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A process's answer to an {@link EngineRequest}, one JSON object per line: any number of {@link
 * Progress}, then {@link Result} or {@link Failed}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = EngineAnswer.Progress.class, name = "progress"),
  @JsonSubTypes.Type(value = EngineAnswer.Result.class, name = "result"),
  @JsonSubTypes.Type(value = EngineAnswer.Failed.class, name = "error"),
})
public sealed interface EngineAnswer {

  /** The number of completed units of work. */
  record Progress(int done, int total) implements EngineAnswer {}

  /** The requested result. */
  record Result(@JsonValue JsonNode value) implements EngineAnswer {

    /** Creates a result from the JSON value itself, without an enclosing object. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Result {}
  }

  /**
   * Why there is no result.
   *
   * @param family what kind of failure it is
   * @param code stable name of the failure
   * @param message one line for users
   * @param field the invalid part of the request, if any
   */
  record Failed(ErrorFamily family, String code, String message, Optional<String> field)
      implements EngineAnswer {}
}
