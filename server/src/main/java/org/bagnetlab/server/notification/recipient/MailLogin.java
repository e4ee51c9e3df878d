package org.bagnetlab.server.notification.recipient;

/**
 * Who submits messages to a mail server.
 *
 * @param user name of the account
 * @param password its password
 */
public record MailLogin(String user, String password) {

  @Override
  public String toString() {
    return "MailLogin"; // Both are private.
  }
}
