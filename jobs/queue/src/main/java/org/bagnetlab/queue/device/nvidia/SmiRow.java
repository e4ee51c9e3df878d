package org.bagnetlab.queue.device.nvidia;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One GPU's row in nvidia-smi's output. A cell is a number without its unit or, in brackets, the
 * reason why there is none.
 *
 * @param cells of the requested columns
 */
record SmiRow(Map<SmiColumn, String> cells) {

  private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private static final List<SmiColumn> NUMBERS =
      List.of(
          SmiColumn.MEMORY_TOTAL,
          SmiColumn.MEMORY_USED,
          SmiColumn.MEMORY_FREE,
          SmiColumn.UTILISATION,
          SmiColumn.TEMPERATURE);

  /** Values that only mean a missing number. All others mean a failed GPU. */
  private static final Set<String> SILENCE =
      Set.of(
          "",
          "N/A",
          "Not Supported",
          "Not Found",
          "Requested functionality has been deprecated",
          // nvidia-smi is newer than the driver.
          "Function Not Found",
          // Of a MIG GPU, in a container without privileges.
          "Insufficient Permissions");

  private static final double MEBIBYTE = 1 << 20;

  /** Whether it identifies its GPU. */
  boolean identified() {
    return INDEX.matcher(cell(SmiColumn.INDEX)).matches()
        && cell(SmiColumn.UUID).matches("[\\w-]+");
  }

  GpuStatus status() {
    return new GpuStatus(gpu(), reading());
  }

  private Gpu gpu() {
    String name = cell(SmiColumn.NAME).replaceAll("\\p{Cntrl}", "");
    return new Gpu(
        Integer.parseInt(cell(SmiColumn.INDEX)),
        cell(SmiColumn.UUID),
        name.isEmpty() || name.startsWith("[") ? "without a name" : name,
        ComputeCapability.parse(cell(SmiColumn.COMPUTE_CAPABILITY))
            .or(() -> Kepler.computeCapability(name)),
        cell(SmiColumn.DRIVER),
        bytes(SmiColumn.MEMORY_TOTAL),
        cell(SmiColumn.MIG).equals("Enabled"));
  }

  private GpuReading reading() {
    return new GpuReading(
        bytes(SmiColumn.MEMORY_USED),
        bytes(SmiColumn.MEMORY_FREE),
        integer(SmiColumn.UTILISATION),
        integer(SmiColumn.TEMPERATURE),
        fault());
  }

  private Optional<String> fault() {
    return NUMBERS.stream()
        .map(this::cell)
        .filter(cell -> !NUMBER.matcher(cell).matches())
        .map(SmiRow::withoutBrackets)
        .filter(answer -> !SILENCE.contains(answer))
        .findFirst();
  }

  private OptionalLong bytes(SmiColumn column) {
    String cell = cell(column);
    return NUMBER.matcher(cell).matches()
        ? OptionalLong.of(Math.round(Double.parseDouble(cell) * MEBIBYTE))
        : OptionalLong.empty();
  }

  private OptionalInt integer(SmiColumn column) {
    String cell = cell(column);
    return NUMBER.matcher(cell).matches()
        ? OptionalInt.of((int) Math.round(Double.parseDouble(cell)))
        : OptionalInt.empty();
  }

  /** Empty for a column that was not requested. */
  private String cell(SmiColumn column) {
    return cells.getOrDefault(column, "");
  }

  private static String withoutBrackets(String cell) {
    return cell.startsWith("[") && cell.endsWith("]") ? cell.substring(1, cell.length() - 1) : cell;
  }
}
