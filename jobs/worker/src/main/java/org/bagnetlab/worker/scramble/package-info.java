/** Measures a trained network on images whose tiles are rearranged. */
package org.bagnetlab.worker.scramble;
