/** Measures which of two cues networks follow. */
package org.bagnetlab.worker.cueconflict;
