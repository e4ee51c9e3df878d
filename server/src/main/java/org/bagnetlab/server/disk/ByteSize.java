package org.bagnetlab.server.disk;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes in a readable form: {@code 800MB}, {@code 50 GB}, {@code 1.5TB}, and binary
 * units such as {@code GiB}.
 *
 * @param bytes the number
 */
public record ByteSize(long bytes) {

  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*([KMGT]?)(I?)B", Pattern.CASE_INSENSITIVE);

  /** Largest allowed size, chosen so that sums of a few sizes do not overflow. */
  private static final BigDecimal MOST = BigDecimal.TEN.pow(17);

  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.DOWN);

  /** Parses a size. */
  @JsonCreator
  public static ByteSize of(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      throw new IllegalArgumentException(
          "a size must be a number with B, KB, MB, GB or TB, such as 50GB, but is '%s'"
              .formatted(text));
    }
    long step = written.group(3).isEmpty() ? 1000 : 1024;
    String unit = written.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : 1 + "KMGT".indexOf(unit);
    BigDecimal bytes =
        new BigDecimal(written.group(1)).multiply(BigDecimal.valueOf(step).pow(power));
    if (bytes.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "a size must be at most 100000 TB, but is '%s'".formatted(text));
    }
    return new ByteSize(bytes.longValue());
  }

  /** Formats a number of bytes with three digits, rounded down. */
  public static String text(long bytes) {
    int unit = 0;
    BigDecimal number = BigDecimal.valueOf(bytes);
    while (unit < UNITS.size() - 1 && number.compareTo(BigDecimal.valueOf(1000)) >= 0) {
      number = number.movePointLeft(3);
      unit++;
    }
    String digits =
        number.signum() == 0
            ? "0"
            : number.round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    return digits + " " + UNITS.get(unit);
  }
}
