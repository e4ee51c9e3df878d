/** Measures which of two conflicting cues a network's decisions follow. */
package org.bagnetlab.vision.cueconflict;
