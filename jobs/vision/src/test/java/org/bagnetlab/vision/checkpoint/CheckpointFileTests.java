package org.bagnetlab.vision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.razorvine.pickle.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch 2.13 wrote, and damaged or hostile ones. */
class CheckpointFileTests {

  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"kinds.pth", "kinds_legacy.pth", "protocol5.pth"})
  void everyTypeAndLayoutIsRead(String name) throws IOException {
    Map<String, StoredTensor> tensors = read(name).tensors();
    assertThat(tensors.keySet())
        .containsExactly(
            "transposed",
            "sliced",
            "scalar",
            "empty",
            "expanded_ok",
            "float64",
            "float16",
            "bfloat16",
            "int64",
            "int32",
            "int16",
            "int8",
            "uint8",
            "bool",
            "half_special");
    for (String type :
        List.of("float64", "float16", "bfloat16", "int64", "int32", "int16", "int8")) {
      assertThat(tensor(tensors, type).dtype()).isEqualTo(type);
      assertThat(tensor(tensors, type).values()).containsExactly(-2, 0, 1, 5);
    }
    assertThat(tensor(tensors, "uint8").values()).containsExactly(0, 1, 254, 255);
    assertThat(tensor(tensors, "bool").values()).containsExactly(1, 0);
    assertThat(tensor(tensors, "sliced").shape()).containsExactly(2, 3);
    assertThat(tensor(tensors, "sliced").values()).containsExactly(6, 8, 10, 12, 14, 16);
    assertThat(tensor(tensors, "transposed").values()).startsWith(0, 6, 12, 18, 1, 7);
    assertThat(tensor(tensors, "scalar").shape()).isEmpty();
    assertThat(tensor(tensors, "empty").shape()).containsExactly(0, 3);
  }

  @Test
  void whatLiesBesideTheTensorsIsMetadata() throws IOException {
    CheckpointFile file = read("bagnet17_legacy.pth.tar");
    assertThat(file.format().label()).isEqualTo("torch-legacy");
    assertThat(file.metadata()).containsEntry("epoch", "12").containsEntry("arch", "bagnet17");
  }

  @ParameterizedTest
  @CsvSource({
    "script.pt, TorchScript",
    "quant.pth, quantised",
    "module_legacy.pth, torch.nn.modules.linear.Linear",
    "expanded.pth, tensor w with shape [1000000]",
    "kinds.json, neither a PyTorch nor a safetensors file",
  })
  void whatIsNoPlainCheckpointIsRefusedInWords(String name, String message) throws IOException {
    Path file =
        name.endsWith(".json") ? write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8)) : path(name);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message.replace("'", ""));
  }

  @Test
  void aFileThatPyTorchWroteWithoutChecksumsIsRead() throws IOException {
    assertThat(tensor(read("nocrc.pth").tensors(), "w").values()).containsExactly(1, 1, 1);
  }

  @Test
  void aChangedByteOfAStorageIsNoticed() throws IOException {
    byte[] bytes = Files.readAllBytes(path("bagnet33_zip.pth"));
    bytes[bytes.length / 2] ^= 1;
    Path file = write(bytes);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .hasMessageMatching(".*tensor layer.*: bagnet33_zip/data/\\d+ is damaged.*");
  }

  /** Cut or changed anywhere, a file is read or refused, but nothing else happens. */
  @ParameterizedTest
  @ValueSource(strings = {"kinds.pth", "kinds_legacy.pth", "bad_offsets.safetensors"})
  void noDamageIsMoreThanARefusal(String name) throws IOException {
    byte[] whole = Files.readAllBytes(path(name));
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged =
          random.nextInt(4) == 0
              ? Arrays.copyOf(whole, random.nextInt(whole.length))
              : whole.clone();
      for (int changes = random.nextInt(4); changes > 0 && damaged.length > 0; changes--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = write(damaged);
      try {
        CheckpointFile.read(file);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  /** A zip file whose directory says of three entries that they are the bytes of the first. */
  @Test
  void noBytesOfAZipFileAreReadForTwoTensors() throws IOException {
    byte[] whole = zipOfEqualStorages(3, 4000);
    ByteBuffer zip = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    int first = 0;
    for (int i = 0; i < whole.length - 46; i++) {
      if (zip.getInt(i) == 0x02014b50 && zip.getInt(i + 24) == 4000) {
        first = first == 0 ? zip.getInt(i + 42) : first;
        zip.putInt(i + 42, first);
      }
    }
    Path intact = write(zipOfEqualStorages(3, 4000));
    assertThat(CheckpointFile.read(intact).tensors()).hasSize(3);
    // Without the two other entries' bytes; the directory moves with them.
    int cut = 2 * 4000;
    int directory = zip.getInt(whole.length - 6);
    byte[] small = new byte[whole.length - cut];
    int kept = first + 30 + 8 + 4000;
    System.arraycopy(whole, 0, small, 0, kept);
    System.arraycopy(whole, directory, small, directory - cut, whole.length - directory);
    ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN).putInt(small.length - 6, directory - cut);
    Path file = write(small);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(".*tensor t\\d: a/data/\\d exceeds the file.*");
  }

  /** Each tensor is one value of a storage. */
  private static byte[] zipOfEqualStorages(int count, int size) throws IOException {
    StringBuilder pickle = new StringBuilder("\200\2}");
    for (int i = 0; i < count; i++) {
      pickle.append(
          ("U\2t%1$dctorch._utils\n_rebuild_tensor_v2\n"
                  + "((U\7storagectorch\nByteStorage\nU\1%1$dU\3cpuM\240\17tQK\0K\1\205K\1\205\211NtRs")
              .formatted(i));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "a/data.pkl", latin(pickle + "."));
      for (int i = 0; i < count; i++) {
        store(zip, "a/data/" + i, new byte[size]);
      }
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  @Test
  void aCutLegacyFileNamesTheByte() throws IOException {
    byte[] whole = Files.readAllBytes(path("bagnet17_legacy.pth.tar"));
    Path file = write(Arrays.copyOf(whole, whole.length - 5));
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .hasMessageContaining("ends at byte " + (whole.length - 5));
  }

  /** Lengths beyond the pickle, in every instruction that has one. */
  @ParameterizedTest
  @ValueSource(shorts = {Opcodes.BINUNICODE, Opcodes.BINSTRING, Opcodes.BINBYTES})
  void noLengthIsAllocatedThatThePickleDoesNotHave(short instruction) {
    for (int length : List.of(Integer.MAX_VALUE, 100, -1)) {
      ByteBuffer pickle = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
      pickle.put((byte) instruction).putInt(length);
      refused(pickle.array(), "declares more bytes than it has");
    }
  }

  @ParameterizedTest
  @ValueSource(shorts = {Opcodes.BINUNICODE8, Opcodes.BINBYTES8})
  void noLongLengthIsAllocatedEither(short instruction) {
    ByteBuffer pickle = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    refused(
        pickle.put((byte) instruction).putLong(1L << 40).array(),
        "declares more bytes than it has");
  }

  @ParameterizedTest
  @CsvSource({
    // GLOBAL, STACK_GLOBAL, INST
    "cposix\\nsystem\\n, posix.system",
    "U\\005posixU\\006system\\223, posix.system",
    "(iposix\\nsystem\\n, posix.system",
    "cbuiltins\\neval\\n, builtins.eval",
    // What the library itself would make an object of.
    "carray\\narray\\n, array.array",
    "cdecimal\\nDecimal\\n, decimal.Decimal",
    // OBJ, EXT1, an attribute, a set, a decimal number, an unknown instruction
    "(o, opcode 0x6f",
    "\\202\\001, opcode 0x82",
    "K\\001}b, attributes on an object that has none",
    "\\217, opcode 0x8f",
    "(1, opcode 0x31",
    "L99999L\\n, opcode 0x4c",
    "\\377, opcode 0xff",
    // A list as a key, an empty stack, a storage that is called, no storage
    "}]K\\001s, neither a string nor an integer",
    "}G\\000\\000\\000\\000\\000\\000\\000\\000Ns, neither a string nor an integer",
    "R, damaged at byte 1",
    "ctorch\\nFloatStorage\\n)R, constructs its own storage",
    "U\\003abc\\205Q, something other than a storage",
    "h\\007, invalid memo key",
  })
  void noPickleDoesMoreThanHoldTensors(String pickle, String message) {
    refused(latin(pickle.translateEscapes()), message);
  }

  /** Small pickles that make others' work their own: a list of pairs, copied 4000 times. */
  @Test
  void noListIsCopiedAgainAndAgain() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes(latin("]q\0("));
    for (int i = 0; i < 5000; i++) {
      pickle.writeBytes(latin("](U\4%04dK\1e".formatted(i)));
    }
    pickle.writeBytes(latin("eccollections\nOrderedDict\nq\1"));
    pickle.writeBytes(latin("h\1h\0\205R".repeat(4000) + "."));
    refused(pickle.toByteArray(), "copies more than a checkpoint needs");
  }

  @Test
  void noShapeIsCopiedThatNoTensorHas() {
    String rebuild = "ctorch._utils\n_rebuild_tensor_v2\n(NK\0" + "(" + "K\1".repeat(9) + "tq\0";
    refused(latin(rebuild + "h\0\211NtR."), "9 sizes and 9 strides");
    refused(latin(rebuild + ")\211NtR."), "9 sizes and 0 strides");
  }

  @Test
  void noTensorIsMadeAgainAndAgain() {
    String pickle =
        "ctorch._utils\n_rebuild_tensor_v2\nq\0"
            + "((U\7storagectorch\nFloatStorage\nU\0010U\3cpuK\1tQK\0K\1\205K\1\205\211Ntq\1";
    refused(latin(pickle + "h\0h\1R".repeat(100_000) + "."), "copies more");
  }

  /** The hash of a long number is computed each time that it is a key. */
  @Test
  void noIntegerIsLongerThanPyTorchs() {
    ByteBuffer pickle = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) Opcodes.LONG4).putInt(17);
    refused(pickle.array(), "an integer that is too long");
    refused(latin("\212\377" + "\1".repeat(255)), "an integer that is too long");
    refused(latin("\213\377\377\377\377"), "declares more bytes");
  }

  /** Two long keys that are equal are compared to their end each time. */
  @Test
  void noKeyIsLong() {
    ByteBuffer pickle = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
    pickle.put((byte) Opcodes.EMPTY_DICT).put((byte) Opcodes.BINUNICODE).putInt(1001);
    pickle.put(latin("k".repeat(1001) + "Ns."));
    refused(pickle.array(), "a dictionary key that is too long");
  }

  @Test
  void noPickleRunsForEver() {
    byte[] pickle = new byte[3_000_000];
    Arrays.fill(pickle, (byte) Opcodes.NONE);
    refused(pickle, "too many opcodes");
  }

  private static byte[] latin(String pickle) {
    return pickle.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void refused(byte[] pickle, String message) {
    assertThatThrownBy(() -> CheckpointPickle.read(new PickleBytes(pickle)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static StoredTensor tensor(Map<String, StoredTensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name));
  }

  private static CheckpointFile read(String name) throws IOException {
    return CheckpointFile.read(path(name));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("file"), bytes);
  }

  private static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(CheckpointFileTests.class.getResource("/checkpoints/" + name))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
