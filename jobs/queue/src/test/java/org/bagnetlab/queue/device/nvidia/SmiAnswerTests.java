package org.bagnetlab.queue.device.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the outputs in {@code nvidia-smi/}. */
@Timeout(10)
class SmiAnswerTests {

  private static final long MIB = 1 << 20;

  static String recorded(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            SmiAnswerTests.class.getResourceAsStream("/nvidia-smi/" + name + ".txt"), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static SmiQuery without(SmiColumn... columns) {
    return new SmiQuery(
        Arrays.stream(SmiColumn.values())
            .filter(column -> !List.of(columns).contains(column))
            .toList());
  }

  private static Inventory inventory(String name, SmiQuery query) {
    return new SmiAnswer(0, recorded(name)).inventory(query);
  }

  private static Inventory.Found found(String name, SmiQuery query) {
    return (Inventory.Found) inventory(name, query);
  }

  private static Inventory.Found found(String name) {
    return found(name, SmiQuery.full());
  }

  private static GpuStatus only(Inventory.Found found) {
    assertThat(found.gpus()).hasSize(1);
    return found.gpus().get(0);
  }

  @Test
  void aGpuIsDescribed() {
    Inventory.Found found = found("rtx-4090");
    assertThat(only(found).gpu())
        .isEqualTo(
            new Gpu(
                0,
                "GPU-4a1f0c52-7d1e-4f0b-9c3a-0d5b6e7f8091",
                "NVIDIA GeForce RTX 4090",
                Optional.of(new ComputeCapability(8, 9)),
                "535.161.07",
                OptionalLong.of(24564 * MIB),
                false));
    assertThat(only(found).reading())
        .isEqualTo(
            new GpuReading(
                OptionalLong.of(MIB),
                OptionalLong.of(24074 * MIB),
                OptionalInt.of(0),
                OptionalInt.of(28),
                Optional.empty()));
    assertThat(found.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"rtx-4090,8.9", "v100,7.0", "h100,9.0"})
  void capabilitiesAreRead(String name, String capability) {
    assertThat(only(found(name)).gpu().computeCapability())
        .map(Object::toString)
        .contains(capability);
  }

  @Test
  void anH100IsTooNew() {
    assertThat(only(found("h100")).gpu().computeCapability()).contains(new ComputeCapability(9, 0));
  }

  @Test
  void severalGpusKeepTheirOrder() {
    List<GpuStatus> gpus = found("two").gpus();
    assertThat(gpus)
        .extracting(status -> status.gpu().name())
        .containsExactly("NVIDIA TITAN V", "NVIDIA RTX 5880 Ada Generation");
    assertThat(gpus)
        .extracting(status -> status.reading().utilisation())
        .containsExactly(OptionalInt.of(97), OptionalInt.of(0));
    assertThat(gpus)
        .extracting(status -> FreeMemoryGate.standard().refusal(status))
        .containsExactly(
            Optional.of("GPU 0 has 2.7 of 12.0 GiB free; another program is using it."),
            Optional.empty());
  }

  @Test
  void keplersNeedNotTellTheirCapability() {
    List<GpuStatus> k80 = found("k80", without(SmiColumn.COMPUTE_CAPABILITY)).gpus();
    assertThat(k80).hasSize(2).allSatisfy(it -> assertThat(it.gpu().refusal()).isEmpty());
    SmiQuery oldest = without(SmiColumn.COMPUTE_CAPABILITY, SmiColumn.MIG);
    assertThat(only(found("k40", oldest)).gpu().computeCapability())
        .contains(new ComputeCapability(3, 5));
  }

  @Test
  void othersWithoutACapabilityAreListedAndRefused() {
    Gpu gpu = only(found("p4000-old-driver", without(SmiColumn.COMPUTE_CAPABILITY))).gpu();
    assertThat(gpu.computeCapability()).isEmpty();
    assertThat(gpu.refusal().orElseThrow()).contains("510 or newer");
  }

  @Test
  void anNvidiaSmiNewerThanTheDriverIsNoFault() {
    GpuStatus status = only(found("newer-than-driver"));
    assertThat(status.gpu().refusal().orElseThrow()).contains("510 or newer");
    assertThat(status.gpu().memoryTotal()).isEmpty();
    assertThat(status.reading().fault()).isEmpty();
    assertThat(status.reading().temperature()).hasValue(33);
  }

  @Test
  void migGpusTellLittle() {
    GpuStatus status = only(found("mig"));
    assertThat(status.gpu().refusal().orElseThrow()).contains("MIG");
    assertThat(status.reading())
        .isEqualTo(
            new GpuReading(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.of(47),
                Optional.empty()));
    assertThat(FreeMemoryGate.standard().refusal(status))
        .hasValueSatisfying(why -> assertThat(why).contains("MIG"));
  }

  /** Its memory looks free, and a job would fail or fall back to the CPU. */
  @Test
  void aBrokenGpuIsNotFree() {
    GpuStatus status = only(found("requires-reset"));
    assertThat(status.reading().memoryUsed()).hasValue(0);
    assertThat(FreeMemoryGate.standard().refusal(status))
        .contains("GPU 0 has failed: nvidia-smi reports \"GPU requires reset\".");
  }

  @Test
  void lostGpusDoNotHideTheOthers() {
    Inventory.Found found = found("one-lost");
    assertThat(found.gpus()).extracting(status -> status.gpu().index()).containsExactly(0, 2);
    assertThat(found.gpus())
        .extracting(status -> status.reading().fault())
        .containsExactly(Optional.empty(), Optional.of("GPU is lost"));
    assertThat(found.problems()).hasSize(2);
    assertThat(found.problems().get(0))
        .isEqualTo(
            "A GPU has stopped responding (GPU1: 0000:02:00.0: Unknown Error). Restarting the"
                + " machine may bring it back.");
    assertThat(found.problems().get(1)).startsWith("nvidia-smi reports: [Unknown Error]");
  }

  @Test
  void oddRowsAreReadAsFarAsTheyGo() {
    Inventory.Found found = found("odd");
    assertThat(found.gpus()).hasSize(2);
    GpuStatus comma = found.gpus().get(0);
    assertThat(comma.gpu().name()).isEqualTo("NVIDIA T400, 4GB \"Ωmega\"");
    assertThat(comma.reading())
        .isEqualTo(
            new GpuReading(
                OptionalLong.of(102 * MIB + MIB / 2),
                OptionalLong.of(3891 * MIB + MIB / 2),
                OptionalInt.of(4),
                OptionalInt.of(40),
                Optional.empty()));
    GpuReading error = found.gpus().get(1).reading();
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
    "lost,A GPU has stopped responding (GPU 0000:03:00.0: GPU is lost.",
  })
  void messagesBecomeReasons(String name, String reason) {
    assertThat(inventory(name, SmiQuery.full()))
        .isInstanceOfSatisfying(
            Inventory.Unavailable.class, it -> assertThat(it.reason()).contains(reason));
  }

  @Test
  void silenceAndUnknownMessagesAreReasonsToo() {
    assertThat(new SmiAnswer(7, "\n \n").inventory(SmiQuery.full()))
        .isEqualTo(new Inventory.Unavailable("nvidia-smi lists no GPU (exit code 7)."));
    assertThat(new SmiAnswer(1, "Segmentation fault\n").inventory(SmiQuery.full()))
        .isEqualTo(new Inventory.Unavailable("nvidia-smi reports: Segmentation fault"));
  }

  @Test
  void onlyDispensableColumnsAreLeftOut() {
    SmiQuery full = SmiQuery.full();
    assertThat(full.simpler(recorded("compute-cap-unknown")))
        .contains(without(SmiColumn.COMPUTE_CAPABILITY));
    assertThat(full.simpler(recorded("mig-unknown"))).contains(without(SmiColumn.MIG));
    assertThat(full.simpler("Field \"uuid\" is not a valid field to query.")).isEmpty();
    assertThat(without(SmiColumn.MIG).simpler(recorded("mig-unknown"))).isEmpty();
    assertThat(full.simpler(recorded("rtx-4090"))).isEmpty();
  }

  /** Whatever name a GPU has, the columns before it are read alike. */
  @Test
  void namesDoNotDisturbTheOtherColumns() {
    Random random = new Random(17);
    String row = recorded("rtx-4090").strip();
    String before = row.substring(0, row.lastIndexOf(", ") + 2);
    GpuStatus plain = only(found("rtx-4090"));
    for (int i = 0; i < 500; i++) {
      String name = "x" + printable(random, random.nextInt(40)) + "x";
      GpuStatus status =
          only((Inventory.Found) new SmiAnswer(0, before + name).inventory(SmiQuery.full()));
      assertThat(status.reading()).isEqualTo(plain.reading());
      assertThat(status.gpu().computeCapability()).isEqualTo(plain.gpu().computeCapability());
      assertThat(status.gpu().name()).isEqualTo(name);
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
      SmiAnswer answer = new SmiAnswer(0, damaged.toString());
      long lines = answer.text().lines().filter(line -> !line.isBlank()).count();
      assertThatCode(
              () -> {
                if (answer.inventory(SmiQuery.full()) instanceof Inventory.Found found) {
                  assertThat(found.gpus().size() + found.problems().size()).isEqualTo((int) lines);
                }
              })
          .doesNotThrowAnyException();
    }
  }
}
