package org.bagnetlab.engine.torch;

import java.util.function.Supplier;
import org.bagnetlab.vision.network.ComputePrecision;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** PyTorch's autocast, which chooses a suitable data type for each operation of a computation. */
record Autocast(TorchDevice device, ComputePrecision precision) {

  /** Runs a computation in this precision. As in PyTorch, gradients are computed outside of it. */
  <T> T of(Supplier<T> work) {
    return switch (precision) {
      case FP32, TF32 -> work.get();
      case BF16 -> inBfloat16(work);
    };
  }

  private <T> T inBfloat16(Supplier<T> work) {
    DeviceType type = device.type();
    torch.set_autocast_dtype(type, ScalarType.BFloat16);
    torch.set_autocast_enabled(type, true);
    torch.increment_nesting();
    try {
      return work.get();
    } finally {
      if (torch.decrement_nesting() == 0) {
        // Clears the cached bfloat16 copies of weights, which the next step makes outdated.
        torch.clear_cache();
      }
      torch.set_autocast_enabled(type, false);
    }
  }
}
