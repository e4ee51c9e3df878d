@NullMarked
package org.bagnetlab.storage.directory;

import org.jspecify.annotations.NullMarked;
