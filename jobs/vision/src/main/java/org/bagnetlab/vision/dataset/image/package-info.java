/** Image files: decoding within limits, resizing to the input size of networks, and writing. */
package org.bagnetlab.vision.dataset.image;
