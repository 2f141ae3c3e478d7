import java.awt.Toolkit;
import java.awt.datatransfer.DataFlavor;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.swing.JFrame;
import javax.swing.JTextField;
import javax.swing.SwingUtilities;

/** A window that pastes the code as KamuSM's app does. Arguments: the service, the folder with the key. */
public final class StandIn {
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        JTextField field = new JTextField(20);
        SwingUtilities.invokeAndWait(() -> {
            JFrame frame = new JFrame("E-imza (stand-in)");
            frame.add(field);
            frame.pack();
            frame.setVisible(true);
        });
        for (int turn = 0; turn < 400; turn++) {
            SwingUtilities.invokeAndWait(() -> {
                field.setText("");
                field.paste();
            });
            String code = field.getText();
            if (code.matches("\\d{15}") && Files.exists(folder.resolve("sign"))) {
                handIn(args[0] + "/requests/" + code, folder);
                Files.writeString(folder.resolve("seen"), code);
                System.exit(0);
            }
            Thread.sleep(100);
        }
        System.exit(4);
    }

    private static void handIn(String address, Path folder) throws Exception {
        String answer;
        try (InputStream in = new URL(address).openStream()) {
            answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Matcher found = Pattern.compile("\"document\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        found.find();
        Files.write(folder.resolve("document"), Base64.getDecoder().decode(found.group(1)));
        String command = "openssl cms -sign -nodetach -cades -md sha256 -binary -outform DER"
            + " -in document -signer certificate.pem -inkey key.pem -out signature";
        if (new ProcessBuilder(command.split(" ")).directory(folder.toFile()).start().waitFor() != 0) {
            System.exit(5);
        }
        HttpURLConnection post = (HttpURLConnection) new URL(address + "/signature").openConnection();
        post.setDoOutput(true);
        post.setRequestProperty("Content-Type", "application/pkcs7-signature");
        try (OutputStream out = post.getOutputStream()) {
            out.write(Files.readAllBytes(folder.resolve("signature")));
        }
        if (post.getResponseCode() != 201) {
            System.exit(6);
        }
    }
}
