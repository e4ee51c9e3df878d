package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of limits in docs/network.md says what the code holds to. */
@Timeout(20)
class LimitsTests {

  private static final Path DOCUMENT = Path.of("..", "docs", "network.md");
  private static final String BEGIN = "| of | at most |\n|---|---|\n";

  private static final String SERVER = "org.bagnetlab.server.";
  private static final String VISION = "org.bagnetlab.vision.";

  @Test
  void theTableIsThatOfTheConstants() throws Exception {
    String document = Files.readString(DOCUMENT);
    int start = document.indexOf(BEGIN);
    int end = document.indexOf("\n\n", start);
    String table = BEGIN + String.join("\n", rows());
    if (Boolean.getBoolean("bagnetlab.update")) {
      update(document, start, end, table);
    } else {
      assertThat(document.substring(start, end < 0 ? document.length() : end).strip())
          .as("docs/network.md has other limits: run this test with -Dbagnetlab.update=true")
          .isEqualTo(table);
    }
  }

  private static void update(String document, int start, int end, String table) throws IOException {
    Files.writeString(DOCUMENT, document.substring(0, start) + table + document.substring(end));
  }

  private static List<String> rows() throws ReflectiveOperationException {
    ClientLimits clients = ClientLimits.standard();
    List<String> rows = new ArrayList<>();
    row(rows, "connections", number(clients.connections()));
    row(rows, "streams of events among them", number(clients.listeners()));
    row(
        rows,
        "time in which a connection carries nothing",
        "%d min".formatted(clients.idle().toMinutes()));
    row(
        rows,
        "requests without a valid token from one address",
        number(constant(SERVER + "http.guard.LoginAttempts", "MOST_A_MINUTE")) + " a minute");
    row(
        rows,
        "first line and headers of a request",
        "%s and %s bytes"
            .formatted(
                number(HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH),
                number(HttpServerOptions.DEFAULT_MAX_HEADER_SIZE)));
    row(
        rows,
        "body of a request",
        "%d MiB".formatted(mebi(constant(SERVER + "http.reply.Problems", "LARGEST_BODY"))));
    row(
        rows,
        "JSON in it",
        "%s values, %d levels"
            .formatted(
                number(constant(SERVER + "http.route.JsonBody", "MOST_VALUES")),
                constant(SERVER + "http.route.JsonBody", "DEEPEST")));
    row(
        rows,
        "upload of a data set",
        "%d GiB".formatted(mebi(constant(SERVER + "http.upload.DatasetUpload", "LARGEST")) >> 10));
    row(
        rows,
        "upload of weights",
        "%d GiB".formatted(mebi(constant(SERVER + "http.upload.WeightsUpload", "LARGEST")) >> 10));
    row(
        rows,
        "uploads of each kind at once",
        "%d".formatted(constant(SERVER + "http.upload.UploadsInFlight", "MOST_OF_A_KIND")));
    row(
        rows,
        "sweep's file, `bagnetlab.yaml`",
        "%d MiB, %s values, %d levels, no aliases"
            .formatted(
                mebi(constant(SERVER + "configuration.YamlText", "MOST_BYTES")),
                number(constant(SERVER + "configuration.YamlText", "MOST_VALUES")),
                constant(SERVER + "configuration.YamlText", "DEEPEST")));
    row(
        rows,
        "jobs of a sweep",
        number(constant("org.bagnetlab.queue.sweep.SweepSize", "MOST_JOBS")));
    row(
        rows,
        "folder or zip file of images",
        "%s files"
            .formatted(number(constant(VISION + "dataset.imported.SourceLimits", "MOST_FILES"))));
    row(
        rows,
        "images in a zip file, unpacked",
        "%d times the file, or %d GiB"
            .formatted(
                constant(VISION + "dataset.imported.SourceLimits", "MOST_UNPACKING"),
                mebi(constant(VISION + "dataset.imported.SourceLimits", "ALWAYS_UNPACKED")) >> 10));
    row(
        rows,
        "image",
        "%d MiB, %d million pixels, %d scans"
            .formatted(
                mebi(constant(VISION + "dataset.image.ImageLimits", "MOST_BYTES")),
                constant(VISION + "dataset.image.ImageLimits", "MOST_PIXELS") / 1_000_000,
                constant(VISION + "dataset.image.ImageLimits", "MOST_SCANS")));
    row(
        rows,
        "safetensors header",
        "%d MiB"
            .formatted(mebi(constant(VISION + "checkpoint.SafetensorsReader", "LONGEST_HEADER"))));
    row(
        rows,
        "PyTorch checkpoint's pickle",
        "%d MiB, %s instructions"
            .formatted(
                mebi(constant(VISION + "checkpoint.CheckpointPickle", "MOST_BYTES")),
                number(constant(VISION + "checkpoint.CheckpointPickle", "MOST_INSTRUCTIONS"))));
    row(
        rows,
        "tensor",
        "%d dimensions, and the values that its file has bytes for"
            .formatted(constant(VISION + "checkpoint.StridedTensor", "MOST_DIMENSIONS")));
    return rows;
  }

  private static void row(List<String> rows, String of, String most) {
    rows.add("| %s | %s |".formatted(of, most));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long mebi(long bytes) {
    return bytes >> 20;
  }

  /** Limits are nobody's business but their class's; this document tells them to everybody. */
  private static long constant(String type, String name) throws ReflectiveOperationException {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return ((Number) field.get(null)).longValue();
  }
}
