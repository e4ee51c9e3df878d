package org.bagnetlab.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import org.bagnetlab.protocol.Json;

/**
 * Writes the JSON of the HTTP interface: instants in ISO 8601 format, NaN and infinities as null.
 */
public final class ServerJson {

  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(Double.class, new FiniteNumber())
                  .addSerializer(double.class, new FiniteNumber())
                  .addDeserializer(Instant.class, new WrittenInstant()))
          .build();

  private ServerJson() {}

  /** The value as JSON on one line. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Reads a value that {@link #text} wrote. */
  public static <T> T read(JsonNode written, Class<T> type) {
    return MAPPER.convertValue(written, type);
  }

  private static final class WrittenInstant extends StdDeserializer<Instant> {

    private static final long serialVersionUID = 1;

    WrittenInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Instant.parse(json.getText());
    }
  }

  /**
   * Writes NaN and infinities, such as a diverged loss, as null, since JSON cannot represent them.
   */
  private static final class FiniteNumber extends StdSerializer<Double> {

    private static final long serialVersionUID = 1;

    FiniteNumber() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (Double.isFinite(value)) {
        json.writeNumber(value);
      } else {
        json.writeNull();
      }
    }
  }
}
