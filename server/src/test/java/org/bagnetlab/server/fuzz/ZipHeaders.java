package org.bagnetlab.server.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Changes one field of a header of a zip file, or a name in it. */
final class ZipHeaders implements Mutation.Structure {

  /** Of the fields that follow the signatures PK 3 4, PK 1 2 and PK 5 6. */
  private static final int LOCAL = 30;

  private static final int CENTRAL = 46;
  private static final int END = 22;

  private static final List<String> NAMES =
      List.of("../", "/", "..\\", "C:\\", "\0", "\n", "\u202e", ".", "//", "\u00e9", " ");

  @Override
  public byte[] change(byte[] input, SplittableRandom random) {
    List<Integer> headers = headers(input);
    if (headers.isEmpty()) {
      return input;
    }
    int header = headers.get(random.nextInt(headers.size()));
    int length = length(input[header + 2]);
    if (length != END && random.nextInt(4) == 0) {
      return named(input, header + length, random);
    }
    int at = header + 4 + 2 * random.nextInt((length - 4) / 2);
    return at < input.length ? Mutation.number(input, at, random) : input;
  }

  private static List<Integer> headers(byte[] input) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i + 4 < input.length; i++) {
      if (input[i] == 'P' && input[i + 1] == 'K' && length(input[i + 2]) > 0) {
        found.add(i);
      }
    }
    return found;
  }

  private static int length(byte kind) {
    return switch (kind) {
      case 1 -> CENTRAL;
      case 3 -> LOCAL;
      case 5 -> END;
      default -> 0;
    };
  }

  private static byte[] named(byte[] input, int at, SplittableRandom random) {
    byte[] name = NAMES.get(random.nextInt(NAMES.size())).getBytes(StandardCharsets.UTF_8);
    if (at + name.length < input.length) {
      System.arraycopy(name, 0, input, at, name.length);
    }
    return input;
  }
}
