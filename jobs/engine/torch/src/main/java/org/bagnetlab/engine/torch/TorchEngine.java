package org.bagnetlab.engine.torch;

import java.util.OptionalLong;
import org.bagnetlab.vision.architecture.Architecture;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bagnetlab.vision.network.Engine;
import org.bagnetlab.vision.network.EngineFacts;
import org.bagnetlab.vision.network.InitialWeights;
import org.bagnetlab.vision.network.Network;
import org.bagnetlab.vision.network.Optimiser;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An engine on libtorch, on one device and in one precision. The settings of libtorch apply to the
 * whole process.
 */
public final class TorchEngine implements Engine {

  private final Transfer transfer;
  private final Autocast autocast;
  private final EngineFacts facts;

  private TorchEngine(Transfer transfer, Autocast autocast, EngineFacts facts) {
    this.transfer = transfer;
    this.autocast = autocast;
    this.facts = facts;
  }

  /** Starts the engine with algorithms that give the same bits every time. */
  public static TorchEngine start(TorchDevice device, ComputePrecision precision) {
    return start(device, precision, Algorithms.REPEATABLE);
  }

  /**
   * Starts the engine.
   *
   * @throws IllegalStateException if libtorch cannot use the device
   */
  public static TorchEngine start(
      TorchDevice device, ComputePrecision precision, Algorithms algorithms) {
    JavaCpp.prepare();
    if (device == TorchDevice.CUDA && !torch.cuda_is_available()) {
      throw new IllegalStateException("libtorch finds no GPU that it can use.");
    }
    // libtorch divides its work among its own threads; further threads within a matrix product
    // would compete with them for cores.
    openblas.blas_set_num_threads(1);
    return NativeScope.of(
        () -> {
          Context context = torch.globalContext();
          boolean repeatable = algorithms == Algorithms.REPEATABLE;
          context.setDeterministicCuDNN(repeatable);
          context.setBenchmarkCuDNN(!repeatable);
          context.setDeterministicMkldnn(repeatable);
          // PyTorch's default is TF32 in convolutions. The newer setter, setFloat32Precision, does
          // not change the settings of the two setters used here, and libtorch throws if it reads
          // both kinds of settings.
          context.setAllowTF32CuDNN(precision == ComputePrecision.TF32);
          context.setAllowTF32CuBLAS(precision == ComputePrecision.TF32);
          return new TorchEngine(
              new Transfer(device, ScalarType.Float),
              new Autocast(device, precision),
              DeviceFacts.of(device, precision, algorithms));
        });
  }

  /** This engine in double precision, which is slow but the reference for float32. */
  public TorchEngine inDouble() {
    return new TorchEngine(
        new Transfer(transfer.device(), ScalarType.Double),
        new Autocast(transfer.device(), ComputePrecision.FP32),
        facts);
  }

  @Override
  public EngineFacts facts() {
    return facts;
  }

  @Override
  public OptionalLong peakDeviceMemory() {
    return switch (transfer.device()) {
      case CPU -> OptionalLong.empty();
      case CUDA -> OptionalLong.of(NativeScope.of(DeviceFacts::peakMemory));
    };
  }

  @Override
  public Network compile(Architecture architecture, Optimiser optimiser, long seed) {
    TorchNetwork network = new TorchNetwork(architecture, optimiser, transfer, autocast);
    network.load(InitialWeights.of(architecture, seed));
    return network;
  }
}
