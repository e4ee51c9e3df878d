package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.server.configuration.YamlText;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request, or one of its parameters, which must be one JSON object. Duplicate
 * fields and text after the object are refused, since it would be unclear what the client means.
 */
final class JsonBody {

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxTokenCount(YamlText.MOST_VALUES)
                          .maxNestingDepth(YamlText.DEEPEST)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonBody() {}

  /** Reads the object in a request's body. */
  static JsonNode of(RoutingContext request) {
    return of(body(request), "The request body");
  }

  /** Reads the object in a query parameter. */
  static JsonNode ofParameter(RoutingContext request, String name) {
    String text = request.request().getParam(name, "");
    return of(text.getBytes(StandardCharsets.UTF_8), "The parameter " + name);
  }

  /**
   * Reads an object.
   *
   * @param what subject of the message if it is not valid
   */
  private static JsonNode of(byte[] text, String what) {
    try {
      JsonNode json = STRICT.readTree(text);
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(json.toString())) {
        throw malformed(what + " has half of a character: \\ud800 to \\udfff stand only in pairs.");
      }
      if (json.isObject()) {
        return json;
      }
    } catch (StreamConstraintsException e) {
      throw malformed(
          "%s must have at most %d values in at most %d levels, no name of more than %d characters and no number of more than %d digits."
              .formatted(
                  what,
                  YamlText.MOST_VALUES,
                  YamlText.DEEPEST,
                  StreamReadConstraints.DEFAULT_MAX_NAME_LEN,
                  StreamReadConstraints.DEFAULT_MAX_NUM_LEN));
    } catch (MismatchedInputException e) {
      throw malformed(what + " must be one JSON object, but more follows it.");
    } catch (JsonProcessingException e) {
      throw malformed(what + " is not valid JSON" + at(e.getLocation()) + why(e));
    } catch (IOException e) {
      throw malformed(what + " is unreadable.");
    }
    throw malformed(what + " must be a JSON object.");
  }

  private static byte[] body(RoutingContext request) {
    @Nullable Buffer body = request.body().buffer();
    return body == null ? new byte[0] : body.getBytes();
  }

  private static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String why(JsonProcessingException e) {
    return ": " + Excerpt.of(String.valueOf(e.getOriginalMessage()));
  }

  private static ProblemException malformed(String detail) {
    return Problem.of(400, "malformed-json", "Malformed request", detail).exception();
  }
}
