package org.bagnetlab.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

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

  /** Why it cannot be had, in one line for a person. */
  record Failed(@JsonValue String message) implements EngineAnswer {

    /** Takes the text itself. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Failed {}
  }
}
