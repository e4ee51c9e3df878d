package org.bagnetlab.queue.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.bagnetlab.protocol.Json;

/** The JSON format of causes: a code, and the fields of the record by name. */
final class CauseJson extends JsonSerializer<Cause> {

  /** Limits the length of messages from the system, a worker or Slurm. */
  private static final int LONGEST_TEXT = 4000;

  private static final TypeReference<TreeMap<String, Object>> FIELDS = new TypeReference<>() {};

  /** The field of {@link Cause.Position} that every position has. */
  private static final String PHASE = "phase";

  private static final String NO_PROGRESS = "none";

  /** Functions that create causes from their arguments, by the causes' codes. */
  private static final Map<String, Function<JsonNode, Cause>> READERS = new HashMap<>();

  static {
    for (Cause.Simple cause : Cause.Simple.values()) {
      READERS.put(cause.code(), arguments -> cause);
    }
    for (Class<?> type : Cause.class.getPermittedSubclasses()) {
      if (type.isRecord() && type != Cause.During.class) {
        READERS.put(code(type), arguments -> (Cause) Json.MAPPER.convertValue(arguments, type));
      }
    }
  }

  static Set<String> codes() {
    return Set.copyOf(READERS.keySet());
  }

  static String code(Class<?> type) {
    return KebabCaseStrategy.INSTANCE.translate(type.getSimpleName());
  }

  static Cause read(String code, JsonNode arguments) {
    if (!READERS.containsKey(code)) {
      throw new IllegalArgumentException("unknown cause code: " + code);
    }
    Cause cause = READERS.get(code).apply(arguments);
    if (!arguments.has(PHASE)) {
      return cause;
    }
    Optional<Cause.Position> position =
        arguments.path(PHASE).asText().equals(NO_PROGRESS)
            ? Optional.empty()
            : Optional.of(Json.MAPPER.convertValue(arguments, Cause.Position.class));
    return new Cause.During(cause, position);
  }

  static Map<String, Object> arguments(Cause cause) {
    if (cause instanceof Cause.During(Cause during, Optional<Cause.Position> position)) {
      Map<String, Object> all = new TreeMap<>(arguments(during));
      all.putAll(position.map(CauseJson::fields).orElse(Map.of(PHASE, NO_PROGRESS)));
      return all;
    }
    return cause instanceof Cause.Simple ? Map.of() : fields(cause);
  }

  private static Map<String, Object> fields(Object values) {
    Map<String, Object> fields = Json.MAPPER.convertValue(values, FIELDS);
    fields.replaceAll((name, value) -> value instanceof String text ? bounded(text) : value);
    return fields;
  }

  private static String bounded(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int half = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - half);
  }

  /** Writes a cause that is a field of another one. */
  @Override
  public void serialize(Cause cause, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("code", cause.code());
    out.writeObjectField("arguments", cause.arguments());
    out.writeEndObject();
  }
}
