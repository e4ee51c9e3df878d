package org.bagnetlab.queue.device.nvidia;

import java.util.List;

/** Messages of nvidia-smi instead of a GPU's row, with advice for the user. */
final class SmiMessage {

  private static final int LONGEST = 200;

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "couldn't communicate with the NVIDIA driver",
              "The NVIDIA driver is not running. Install it, or restart the machine if it was"
                  + " installed or updated."),
          new Known(
              "Driver/library version mismatch",
              "The NVIDIA driver was updated, but the older version is still loaded. Restart"
                  + " the machine."),
          new Known(
              "couldn't find libnvidia-ml.so",
              "The NVIDIA driver's library libnvidia-ml.so is missing: the driver is not installed,"
                  + " or not mounted into this container."),
          new Known(
              "No devices were found", "The NVIDIA driver is running, but finds no usable GPU."),
          new Known(
              "Failed to initialize NVML: Insufficient Permissions",
              "The server's user or container has no permission to use the NVIDIA driver."),
          new Known(
              "Failed to initialize NVML: Unknown Error",
              "The NVIDIA driver does not respond. In a container, access to the GPUs may have been"
                  + " lost; restart it."));

  private static final String LOST = "Unable to determine the device handle for ";

  private SmiMessage() {}

  /**
   * A line of nvidia-smi's as a sentence.
   *
   * @param line that is no row and not empty
   */
  static String of(String line) {
    if (line.startsWith(LOST)) {
      return "A GPU has stopped responding (%s). Restarting the machine may bring it back."
          .formatted(shortened(line.substring(LOST.length())));
    }
    return KNOWN.stream()
        .filter(known -> line.contains(known.sign()))
        .map(Known::meaning)
        .findFirst()
        .orElseGet(() -> "nvidia-smi reports: " + shortened(line));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private record Known(String sign, String meaning) {}
}
