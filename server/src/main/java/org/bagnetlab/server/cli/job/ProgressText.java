package org.bagnetlab.server.cli.job;

import com.fasterxml.jackson.databind.JsonNode;

/** Describes a job's progress on one line. */
public final class ProgressText {

  private ProgressText() {}

  public static String of(JsonNode job) {
    JsonNode progress = job.path("progress");
    if (progress.isMissingNode()) {
      return "starting";
    }
    StringBuilder text = new StringBuilder(progress.path("phase").asText());
    if (progress.path("epoch").asInt() > 0) {
      text.append(
          " epoch %d of %d"
              .formatted(progress.path("epoch").asInt(), progress.path("epochs").asInt()));
    }
    text.append(
        ", %d of %d".formatted(progress.path("done").asInt(), progress.path("total").asInt()));
    boolean images = !progress.path("phase").asText().equals("explaining"); // else heatmap parts
    if (images && progress.path("imagesPerSecond").asDouble() > 0) {
      text.append(", %.0f images/s".formatted(progress.path("imagesPerSecond").asDouble()));
    }
    double left = progress.path("secondsLeft").asDouble(-1);
    if (left >= 0) {
      text.append(", %d:%02d left".formatted((int) left / 60, (int) left % 60));
    } else if (!progress.path("phase").asText().equals("preparing")) {
      text.append(", estimating the time left");
    }
    return text.toString();
  }
}
