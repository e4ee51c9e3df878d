package org.bagnetlab.server.configuration;

import java.util.Optional;
import org.bagnetlab.server.disk.ByteSize;
import org.bagnetlab.server.disk.DiskLimits;

/**
 * Limits of disk usage; the defaults are in {@link DiskLimits#standard}.
 *
 * @param quota maximum size of the data directory in bytes
 * @param reserve free bytes of the file system below which no job is started
 * @param warnAt used share of the quota, or of the file system, at which users are warned
 */
record DiskSection(Optional<ByteSize> quota, Optional<ByteSize> reserve, Optional<Double> warnAt) {

  DiskSection {
    if (quota.filter(size -> size.bytes() == 0).isPresent()) {
      throw new IllegalArgumentException("with a quota of 0, no job could start");
    }
    if (warnAt.filter(share -> !(share > 0 && share < 1)).isPresent()) {
      throw new IllegalArgumentException("warnAt must be between 0 and 1, such as 0.8");
    }
  }

  DiskLimits limits() {
    return new DiskLimits(quota.map(ByteSize::bytes), reserve.map(ByteSize::bytes), warnAt);
  }
}
