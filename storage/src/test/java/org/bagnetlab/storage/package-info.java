@NullMarked
package org.bagnetlab.storage;

import org.jspecify.annotations.NullMarked;
