/** Data sets of users: checking, importing and opening of folders and zip files of images. */
@NullMarked
package org.bagnetlab.vision.dataset.imported;

import org.jspecify.annotations.NullMarked;
