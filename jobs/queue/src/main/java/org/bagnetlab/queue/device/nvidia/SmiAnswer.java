package org.bagnetlab.queue.device.nvidia;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of a run of nvidia-smi.
 *
 * @param exitCode not meaningful alone: it may be 0 or not when one of several GPUs is lost
 * @param text its output including errors; it writes most of them to its standard output
 */
record SmiAnswer(int exitCode, String text) {

  /** The answer to the query. */
  Inventory inventory(SmiQuery query) {
    List<GpuStatus> gpus = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(
            line ->
                query
                    .row(line)
                    .ifPresentOrElse(
                        row -> gpus.add(row.status()), () -> messages.add(SmiMessage.of(line))));
    if (gpus.isEmpty()) {
      return new Inventory.Unavailable(reason(messages));
    }
    return new Inventory.Found(gpus, messages);
  }

  private String reason(List<String> messages) {
    // Some messages have further lines, such as the library's version; the first contains the
    // error.
    return messages.stream()
        .findFirst()
        .orElse("nvidia-smi lists no GPU (exit code %d).".formatted(exitCode));
  }
}
