package org.bagnetlab.queue.device.nvidia;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The query to nvidia-smi and the parser of its output, which has a row for each GPU, and messages.
 * A cell is a number without its unit or, in brackets, the reason why there is none.
 */
final class SmiOutput {

  /**
   * The GPU's name is the last column, because it is not quoted and is the only value that may
   * contain a comma.
   */
  private static final String COLUMNS =
      "index,uuid,driver_version,memory.total,memory.used,memory.free,utilization.gpu,temperature.gpu,power.draw,mig.mode.current,compute_cap,name";

  private static final int COUNT = 12;

  static final List<String> ARGUMENTS =
      List.of("--query-gpu=" + COLUMNS, "--format=csv,noheader,nounits");

  static final String NEWER_DRIVER =
      "install version 510 or newer of the NVIDIA driver and its tools; a GPU that no such driver supports is too old";

  private static final Pattern IDENTIFIED = Pattern.compile("\\d{1,4}\\s*,\\s*[\\w-]+\\s*,.*");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private static final Pattern CAPABILITY = Pattern.compile("\\d{1,3}\\.\\d");

  /**
   * These words only mean that a value is not available. All others mean that the GPU has failed.
   */
  private static final Set<String> NOT_REPORTED =
      Set.of(
          "",
          "N/A",
          "Not Supported",
          "Not Found",
          "Requested functionality has been deprecated",
          // nvidia-smi is newer than the driver.
          "Function Not Found",
          // For a MIG GPU, in a container without privileges.
          "Insufficient Permissions");

  private static final Map<String, String> MEANINGS =
      Map.of(
          "couldn't communicate with the NVIDIA driver",
          "The NVIDIA driver is not running. Install it, or restart the machine if it was installed or updated.",
          "Driver/library version mismatch",
          "The NVIDIA driver was updated, but the older version is still loaded. Restart the machine.",
          "couldn't find libnvidia-ml.so",
          "The NVIDIA driver's library libnvidia-ml.so is missing: the driver is not installed, or not mounted into this container.",
          "No devices were found",
          "The NVIDIA driver is running, but finds no usable GPU.",
          "Failed to initialize NVML: Insufficient Permissions",
          "The server's user or container has no permission to use the NVIDIA driver.",
          "Failed to initialize NVML: Unknown Error",
          "The NVIDIA driver does not respond. In a container, access to the GPUs may have been lost; restart it.",
          "is not a valid field to query",
          "The NVIDIA driver is too old: its nvidia-smi does not report compute capabilities. To use GPUs, %s."
              .formatted(NEWER_DRIVER));

  private static final String LOST = "Unable to determine the device handle for ";

  private static final int LONGEST = 200;

  private SmiOutput() {}

  /**
   * The GPUs in an output. The exit code alone is meaningless: it may or may not be 0 when one of
   * several GPUs is lost.
   */
  static Inventory inventory(Instant at, int exitCode, String text) {
    List<Gpu> gpus = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
      String[] cells = line.split("\\s*,\\s*", COUNT);
      if (cells.length == COUNT && IDENTIFIED.matcher(line).matches()) {
        gpus.add(gpu(cells));
      } else {
        messages.add(sentence(line));
      }
    }
    if (gpus.isEmpty() && messages.isEmpty()) {
      messages.add("nvidia-smi lists no GPU (exit code %d).".formatted(exitCode));
    }
    // Without GPUs, the first message is the error; others are details such as versions.
    return new Inventory(at, gpus, gpus.isEmpty() ? messages.subList(0, 1) : messages);
  }

  private static Gpu gpu(String[] cells) {
    String name = cells[11].replaceAll("\\p{Cntrl}", "");
    return new Gpu(
        Integer.parseInt(cells[0]),
        cells[1],
        name.isEmpty() || name.startsWith("[") ? "without a name" : name,
        cells[2],
        number(cells[3], 1 << 20),
        number(cells[4], 1 << 20),
        number(cells[5], 1 << 20),
        number(cells[6], 1),
        number(cells[7], 1),
        decimal(cells[8]),
        cells[9].equals("Enabled"),
        Optional.of(cells[10])
            .filter(cell -> CAPABILITY.matcher(cell).matches())
            .map(BigDecimal::new),
        fault(List.of(cells).subList(3, 8)));
  }

  private static OptionalLong number(String cell, double unit) {
    return NUMBER.matcher(cell).matches()
        ? OptionalLong.of(Math.round(Double.parseDouble(cell) * unit))
        : OptionalLong.empty();
  }

  private static OptionalDouble decimal(String cell) {
    return NUMBER.matcher(cell).matches()
        ? OptionalDouble.of(Double.parseDouble(cell))
        : OptionalDouble.empty();
  }

  private static Optional<String> fault(List<String> cells) {
    return cells.stream()
        .filter(cell -> !NUMBER.matcher(cell).matches())
        .map(cell -> cell.replaceFirst("^\\[(.*)]$", "$1"))
        .filter(answer -> !NOT_REPORTED.contains(answer))
        .findFirst();
  }

  private static String sentence(String line) {
    String quoted = line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    if (line.startsWith(LOST)) {
      return "A GPU has stopped responding (%s). Restarting the machine may bring it back."
          .formatted(quoted.substring(LOST.length()));
    }
    return MEANINGS.keySet().stream()
        .filter(line::contains)
        .findFirst()
        .map(MEANINGS::get)
        .orElse("nvidia-smi reports: " + quoted);
  }
}
