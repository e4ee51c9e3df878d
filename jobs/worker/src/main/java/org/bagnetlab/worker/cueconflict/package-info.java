/** Measuring by which of two cues networks decide. */
@NullMarked
package org.bagnetlab.worker.cueconflict;

import org.jspecify.annotations.NullMarked;
