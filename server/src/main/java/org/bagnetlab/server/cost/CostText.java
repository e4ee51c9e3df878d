package org.bagnetlab.server.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bagnetlab.server.json.CostSumJson;
import org.bagnetlab.server.json.JobCostJson;

/** Describes costs in words. */
public final class CostText {

  private static final double HOUR = 3600;
  private static final double WATT_HOUR = 3600;
  private static final double KILO = 1000;
  private static final int DIGITS = 3;

  private CostText() {}

  /** What a job cost, on one line. */
  public static String of(JobCostJson cost) {
    return Stream.of(
            Stream.of(time(cost.deviceSeconds()) + " of device time"),
            cost.processorSeconds().stream().map(time -> time(time) + " of processor time"),
            cost.peakMemoryBytes().stream().map(bytes -> "at most " + size(bytes) + " of memory"),
            cost.peakDeviceMemoryBytes().stream()
                .map(bytes -> "at most " + size(bytes) + " of GPU memory"),
            cost.joules().stream().map(CostText::energy),
            cost.utilisation().stream().map(share -> number("GPU used to %.0f %%", 100 * share)),
            cost.imagesPerSecond().stream().map(rate -> significant(rate) + " images/s"))
        .flatMap(part -> part)
        .collect(Collectors.joining(", "));
  }

  /** What several jobs cost, on one line. */
  public static String of(CostSumJson sum) {
    return Stream.of(
            Stream.of(deviceTime(sum.deviceSeconds())),
            sum.processorSeconds().stream()
                .map(
                    time ->
                        time < HOUR
                            ? time(time) + " of processor time"
                            : hours(time) + " processor hours"),
            sum.joules().stream()
                .map(
                    joules ->
                        sum.jobsWithEnergy() == sum.jobs()
                            ? energy(joules)
                            : "%s (of %d of %d jobs; the others' energy is unknown)"
                                .formatted(energy(joules), sum.jobsWithEnergy(), sum.jobs())))
        .flatMap(part -> part)
        .collect(Collectors.joining(", "));
  }

  private static String time(double seconds) {
    if (seconds < 60) {
      return number("%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < HOUR) {
      return "%d min %02d s".formatted(whole / 60, whole % 60);
    }
    long minutes = Math.round(seconds / 60);
    return "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }

  /** Time of devices. */
  public static String deviceTime(double seconds) {
    return seconds < HOUR ? time(seconds) + " of device time" : hours(seconds) + " device hours";
  }

  /** A number of hours. */
  public static String hours(double seconds) {
    return significant(seconds / HOUR);
  }

  /** An energy in Wh or kWh. */
  public static String energy(double joules) {
    double wattHours = joules / WATT_HOUR;
    return wattHours < KILO
        ? significant(wattHours) + " Wh"
        : significant(wattHours / KILO) + " kWh";
  }

  /** In multiples of 1000 bytes, as the dashboard shows sizes. */
  private static String size(long bytes) {
    return bytes < 1_000_000_000 ? number("%.0f MB", bytes / 1e6) : number("%.1f GB", bytes / 1e9);
  }

  /** Three digits, which is more than such measurements are worth. */
  private static String significant(double value) {
    return new BigDecimal(value, new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
