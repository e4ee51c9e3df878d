/** Image files: decoding within limits, resizing as networks see them, and writing. */
package org.bagnetlab.vision.dataset.image;
