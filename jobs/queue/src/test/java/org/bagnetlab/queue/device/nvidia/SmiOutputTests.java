package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the outputs in {@code nvidia-smi/}. */
@Timeout(10)
class SmiOutputTests {

  private static final long MIB = 1 << 20;

  static String recorded(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            SmiOutputTests.class.getResourceAsStream("/nvidia-smi/" + name + ".txt"), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Inventory read(String text) {
    return SmiOutput.inventory(Instant.EPOCH, 0, text);
  }

  private static Inventory found(String name) {
    return read(recorded(name));
  }

  private static Gpu only(Inventory found) {
    assertThat(found.gpus()).hasSize(1);
    return found.gpus().getFirst();
  }

  @Test
  void aGpuIsDescribed() {
    assertThat(found("rtx-4090"))
        .isEqualTo(
            new Inventory(
                Instant.EPOCH,
                List.of(
                    new Gpu(
                        0,
                        "GPU-4a1f0c52-7d1e-4f0b-9c3a-0d5b6e7f8091",
                        "NVIDIA GeForce RTX 4090",
                        "535.161.07",
                        OptionalLong.of(24564 * MIB),
                        OptionalLong.of(MIB),
                        OptionalLong.of(24074 * MIB),
                        OptionalLong.of(0),
                        OptionalLong.of(28),
                        OptionalDouble.of(14.95),
                        false,
                        Optional.of(new BigDecimal("8.9")),
                        Optional.empty())),
                List.of()));
  }

  @ParameterizedTest
  @CsvSource({"rtx-4090,8.9", "v100,7.0", "h100,9.0", "rtx-5090,12.0"})
  void capabilitiesAreRead(String name, BigDecimal capability) {
    assertThat(only(found(name)).computeCapability()).contains(capability);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8.", ".6", "8.6.1", "-8.6", "[N/A]", "99999999999.0"})
  void otherTextsAreNoCapability(String cell) {
    Gpu gpu = only(read(recorded("v100").replace(" 7.0,", " %s,".formatted(cell))));
    assertThat(gpu.computeCapability()).isEmpty();
    assertThat(gpu.unsupported())
        .contains(
            "GPU 0 (Tesla V100-SXM2-16GB) cannot run jobs. nvidia-smi does not report its compute"
                + " capability with driver 535.129.03: install version 510 or newer of the NVIDIA"
                + " driver and its tools; a GPU that no such driver supports is too old.");
  }

  @Test
  void severalGpusKeepTheirOrder() {
    List<Gpu> gpus = found("two").gpus();
    assertThat(gpus)
        .extracting(Gpu::name, Gpu::utilisation, Gpu::unavailable)
        .containsExactly(
            tuple(
                "NVIDIA TITAN V",
                OptionalLong.of(97),
                Optional.of("GPU 0 has 2.7 of 12.0 GiB free; another program is using it.")),
            tuple("NVIDIA RTX 5880 Ada Generation", OptionalLong.of(0), Optional.empty()));
  }

  @Test
  void anNvidiaSmiNewerThanTheDriverIsNoFault() {
    Gpu gpu = only(found("newer-than-driver"));
    assertThat(gpu.unsupported().orElseThrow()).contains("510 or newer");
    assertThat(gpu.memoryTotal()).isEmpty();
    assertThat(gpu.fault()).isEmpty();
    assertThat(gpu.temperature()).hasValue(33);
  }

  @Test
  void aMigGpuHasFewReadingsAndIsUnsupported() {
    Gpu gpu = only(found("mig"));
    assertThat(gpu.unsupported())
        .contains(
            "GPU 0 (NVIDIA A100-SXM4-80GB) cannot run jobs. It is partitioned into MIG instances:"
                + " disable MIG to use it.");
    assertThat(gpu.unavailable()).isEqualTo(gpu.unsupported());
    assertThat(List.of(gpu.memoryTotal(), gpu.memoryUsed(), gpu.memoryFree(), gpu.utilisation()))
        .containsOnly(OptionalLong.empty());
    assertThat(gpu.temperature()).hasValue(47);
    assertThat(gpu.fault()).isEmpty();
  }

  /** Its memory looks free, and a job would fail or fall back to the CPU. */
  @Test
  void aFailedGpuIsUnavailable() {
    Gpu gpu = only(found("requires-reset"));
    assertThat(gpu.memoryUsed()).hasValue(0);
    assertThat(gpu.unavailable())
        .contains("GPU 0 has failed: nvidia-smi reports \"GPU requires reset\".");
  }

  @Test
  void lostGpusDoNotHideTheOthers() {
    Inventory found = found("one-lost");
    assertThat(found.gpus())
        .extracting(Gpu::index, Gpu::fault)
        .containsExactly(tuple(0, Optional.empty()), tuple(2, Optional.of("GPU is lost")));
    assertThat(found.problems()).hasSize(2);
    assertThat(found.problems().get(0))
        .isEqualTo(
            "A GPU has stopped responding (GPU1: 0000:02:00.0: Unknown Error). Restarting the"
                + " machine may bring it back.");
    assertThat(found.problems().get(1)).startsWith("nvidia-smi reports: [Unknown Error]");
  }

  @Test
  void unusualRowsAreReadAsFarAsPossible() {
    Inventory found = found("odd");
    assertThat(found.gpus()).hasSize(2);
    Gpu comma = found.gpus().get(0);
    assertThat(comma.name()).isEqualTo("NVIDIA T400, 4GB \"Ωmega\"");
    assertThat(
            List.of(
                comma.memoryUsed(), comma.memoryFree(), comma.utilisation(), comma.temperature()))
        .containsExactly(
            OptionalLong.of(102 * MIB + MIB / 2),
            OptionalLong.of(3891 * MIB + MIB / 2),
            OptionalLong.of(4),
            OptionalLong.of(40));
    Gpu error = found.gpus().get(1);
    assertThat(error.utilisation()).isEmpty();
    assertThat(error.temperature()).isEmpty();
    assertThat(error.fault()).contains("ERR!");
    assertThat(found.problems())
        .containsExactly(
            "nvidia-smi reports: 1, GPU-5e6f7081-92a3-4b45-8d6e-7f8091a2b3c4, 550.54.15",
            "nvidia-smi reports: WARNING: infoROM is corrupted at gpu 0000:0B:00.0");
  }

  @ParameterizedTest
  @CsvSource({
    "no-driver,The NVIDIA driver is not running",
    "no-devices,finds no usable GPU",
    "version-mismatch,the older version is still loaded. Restart the machine.",
    "version-mismatch-old,the older version is still loaded. Restart the machine.",
    "no-permission,no permission to use the NVIDIA driver",
    "unknown-error,In a container",
    "no-library,libnvidia-ml.so is missing",
    "compute-cap-unknown,The NVIDIA driver is too old",
    "lost,A GPU has stopped responding (GPU 0000:03:00.0: GPU is lost.",
  })
  void messagesBecomeReasons(String name, String reason) {
    Inventory found = found(name);
    assertThat(found.gpus()).isEmpty();
    assertThat(found.problems()).singleElement().asString().contains(reason);
  }

  @Test
  void silenceAndUnknownMessagesAreReasonsToo() {
    assertThat(SmiOutput.inventory(Instant.EPOCH, 7, "\n \n").problems())
        .containsExactly("nvidia-smi lists no GPU (exit code 7).");
    assertThat(read("Segmentation fault\n").problems())
        .containsExactly("nvidia-smi reports: Segmentation fault");
  }

  /** Whatever name a GPU has, the columns before it are read alike. */
  @Test
  void namesDoNotDisturbTheOtherColumns() {
    Random random = new Random(17);
    String row = recorded("rtx-4090").strip();
    String before = row.substring(0, row.lastIndexOf(", ") + 2);
    Gpu plain = only(found("rtx-4090"));
    for (int i = 0; i < 500; i++) {
      String name = "x" + printable(random, random.nextInt(40)) + "x";
      Gpu gpu = only(read(before + name));
      assertThat(gpu.memoryFree()).isEqualTo(plain.memoryFree());
      assertThat(gpu.temperature()).isEqualTo(plain.temperature());
      assertThat(gpu.computeCapability()).isEqualTo(plain.computeCapability());
      assertThat(gpu.name()).isEqualTo(name);
    }
  }

  private static String printable(Random random, int length) {
    return random
        .ints(length, ' ', '~' + 1)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Every line of any answer is a GPU or a problem, and nothing makes the parser throw. */
  @Test
  void noLineIsLostHoweverItIsDamaged() {
    Random random = new Random(23);
    String text = recorded("odd") + recorded("one-lost") + recorded("mig");
    for (int i = 0; i < 1000; i++) {
      StringBuilder damaged = new StringBuilder(text);
      for (int j = random.nextInt(30); j > 0; j--) {
        damaged.setCharAt(random.nextInt(text.length()), (char) random.nextInt(' ', 0x17f));
      }
      long lines = damaged.toString().lines().filter(line -> !line.isBlank()).count();
      Inventory found = read(damaged.toString());
      assertThat(found.gpus().isEmpty() ? lines : found.gpus().size() + found.problems().size())
          .isEqualTo(lines);
    }
  }
}
