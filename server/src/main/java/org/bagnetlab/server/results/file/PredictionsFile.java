package org.bagnetlab.server.results.file;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.protocol.Json;

/**
 * Reads the predictions that the worker of a job wrote. Reads image by image, since all logits of a
 * data set with many images and classes can need more memory than the server has.
 */
public final class PredictionsFile {

  /**
   * An image with its prediction.
   *
   * @param image path of the image
   * @param label index of its class
   * @param predicted index of the predicted class
   * @param logits one logit for each class; empty if they were not stored
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Row(String image, int label, int predicted, Optional<float[]> logits) {

    /** Whether the prediction is correct. */
    public boolean right() {
      return predicted == label;
    }
  }

  /** Receives each prediction. */
  @FunctionalInterface
  public interface Rows {
    void add(MeasuredSet set, Row row);
  }

  private PredictionsFile() {}

  /**
   * Reads a file.
   *
   * @param sets the sets of images whose predictions are read
   * @return the names of the classes, in the order of their indices
   */
  public static List<String> read(Path file, List<MeasuredSet> sets, Rows rows) throws IOException {
    List<String> classes = List.of();
    try (JsonParser parser = Json.MAPPER.createParser(file.toFile())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        Optional<MeasuredSet> set =
            sets.stream().filter(wanted -> wanted.text().equals(name)).findFirst();
        if (name.equals("classes")) {
          classes = List.of(parser.readValueAs(String[].class));
        } else if (set.isPresent() && parser.isExpectedStartArrayToken()) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            Row row = parser.readValueAs(Row.class);
            // Interned, since runs on the same data set contain the same image paths.
            rows.add(
                set.get(),
                new Row(row.image().intern(), row.label(), row.predicted(), row.logits()));
          }
        } else {
          parser.skipChildren();
        }
      }
    }
    return classes;
  }
}
