/** Measures which of two cues networks follow. */
@NullMarked
package org.bagnetlab.worker.cueconflict;

import org.jspecify.annotations.NullMarked;
