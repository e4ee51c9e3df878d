@NullMarked
package org.bagnetlab.server.results.view;

import org.jspecify.annotations.NullMarked;
