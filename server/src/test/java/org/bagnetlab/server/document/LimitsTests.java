package org.bagnetlab.server.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bagnetlab.queue.sweep.SweepSize;
import org.bagnetlab.server.configuration.YamlText;
import org.bagnetlab.server.http.connection.ClientLimits;
import org.bagnetlab.server.http.guard.LoginAttempts;
import org.bagnetlab.server.http.reply.Problems;
import org.bagnetlab.server.http.upload.DatasetUpload;
import org.bagnetlab.server.http.upload.FileUpload;
import org.bagnetlab.server.http.upload.WeightsUpload;
import org.bagnetlab.vision.checkpoint.CheckpointLimits;
import org.bagnetlab.vision.dataset.image.ImageLimits;
import org.bagnetlab.vision.dataset.imported.SourceLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of limits in docs/network.md says what the code holds to. */
@Timeout(20)
class LimitsTests {

  private static final Path DOCUMENT = Path.of("..", "docs", "network.md");
  private static final String BEGIN = "| of | at most |\n|---|---|\n";

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

  private static List<String> rows() {
    ClientLimits clients = ClientLimits.standard();
    return List.of(
        row("connections", "%,d", clients.connections()),
        row("streams of events among them", "%,d", clients.listeners()),
        row("time in which a connection carries nothing", "%d min", clients.idle().toMinutes()),
        row(
            "requests without a valid token from one address",
            "%,d a minute",
            LoginAttempts.MOST_A_MINUTE),
        row(
            "first line and headers of a request",
            "%,d and %,d bytes",
            HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH,
            HttpServerOptions.DEFAULT_MAX_HEADER_SIZE),
        row("body of a request", "%d MiB", mebi(Problems.LARGEST_BODY)),
        row("JSON in it", "%,d values, %d levels", YamlText.MOST_VALUES, YamlText.DEEPEST),
        row("upload of a data set", "%d GiB", gibi(DatasetUpload.LARGEST)),
        row("upload of weights", "%d GiB", gibi(WeightsUpload.LARGEST)),
        row("uploads of each kind at once", "%d", FileUpload.MOST_OF_A_KIND),
        row(
            "sweep's file, `bagnetlab.yaml`",
            "%d MiB, %,d values, %d levels, no aliases",
            mebi(YamlText.MOST_BYTES),
            YamlText.MOST_VALUES,
            YamlText.DEEPEST),
        row("jobs of a sweep", "%,d", SweepSize.MOST_JOBS),
        row("folder or zip file of images", "%,d files", SourceLimits.MOST_FILES),
        row(
            "images in a zip file, unpacked",
            "%d times the file, or %d GiB",
            SourceLimits.MOST_UNPACKING,
            gibi(SourceLimits.ALWAYS_UNPACKED)),
        row(
            "image",
            "%d MiB, %d million pixels, %d scans",
            mebi(ImageLimits.MOST_BYTES),
            ImageLimits.MOST_PIXELS / 1_000_000,
            ImageLimits.MOST_SCANS),
        row("safetensors header", "%d MiB", mebi(CheckpointLimits.LONGEST_HEADER)),
        row(
            "PyTorch checkpoint's pickle",
            "%d MiB, %,d instructions",
            mebi(CheckpointLimits.LONGEST_PICKLE),
            CheckpointLimits.MOST_INSTRUCTIONS),
        row(
            "tensor",
            "%d dimensions, and the values that its file has bytes for",
            CheckpointLimits.MOST_DIMENSIONS));
  }

  private static String row(String of, String most, Object... numbers) {
    return "| %s | %s |".formatted(of, String.format(Locale.ROOT, most, numbers));
  }

  private static long mebi(long bytes) {
    return bytes >> 20;
  }

  private static long gibi(long bytes) {
    return bytes >> 30;
  }
}
