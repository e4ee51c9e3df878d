package org.bagnetlab.vision.network;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.bagnetlab.vision.architecture.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine must hold to: it passes the self-test, and fails it when it computes wrongly. */
public abstract class SelfTestContract {

  /** The engine that is tested. */
  protected abstract Engine engine();

  /** Stores the numbers of this engine, if it is asked to and computes in double precision. */
  protected static void store(Engine exact) throws Exception {
    if (Boolean.getBoolean("bagnetlab.update")) {
      Path file =
          Path.of(
              "../../vision/src/main/resources",
              SelfTest.class.getPackageName().replace('.', '/'),
              "self-test.json");
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(file.toFile(), SelfTest.numbers(exact));
    }
  }

  @Test
  void theEnginePasses() {
    assertThatCode(() -> SelfTest.run(engine(), ComputePrecision.FP32)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"logits", "inputGradient"})
  void aWrongNumberIsTold(String method) {
    assertThatExceptionOfType(WrongResults.class)
        .isThrownBy(() -> SelfTest.run(new Broken(engine(), method), ComputePrecision.FP32))
        .withMessageStartingWith("The self-test of " + engine().facts().device() + " failed: its ")
        .withMessageMatching(".* differ by .* % from the expected ones .*\\)\\.");
  }

  /** One of whose methods every result is a little larger than it should be. */
  private record Broken(Engine engine, String method) implements Engine {

    @Override
    public EngineFacts facts() {
      return engine.facts();
    }

    @Override
    public Network compile(Architecture architecture, Optimiser optimiser, long seed) {
      Network network = engine.compile(architecture, optimiser, seed);
      return (Network)
          Proxy.newProxyInstance(
              Network.class.getClassLoader(),
              new Class<?>[] {Network.class},
              (proxy, called, arguments) -> {
                Object result = called.invoke(network, arguments);
                if (called.getName().equals(method)) {
                  if (result instanceof float[][] rows) {
                    rows[0][0] += 1;
                  } else if (result instanceof float[] values) {
                    for (int i = 0; i < values.length; i++) {
                      values[i] *= 1.1f;
                    }
                  }
                }
                return result;
              });
    }
  }
}
