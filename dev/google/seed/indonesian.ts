import { type Corpus, docx, file, pdf, xlsx } from "./topic.ts";

export const indonesian: Corpus = {
  contacts: [
    "Ayu Lestari <ayu.lestari@example.org>",
    "Dewi Anggraini <dewi@galerikota.example>",
    "Pak Hendra <hendra@balaiwarga.example>",
    "Rizky Pratama <rizky.pratama@example.org>",
    "Bu Ratna <ratna@kampungbersih.example>",
    "Fajar Nugroho <fajar@nugroho.example>",
    "Siti Rahmawati <siti.rahmawati@example.org>",
    "Made Suardana <made@subak.example>",
  ],
  greetings: ["Halo {me},", "Selamat pagi, {me}.", "{me} yang baik,", "Halo semua,"],
  closings: [
    "Salam,\n{sender}",
    "Terima kasih,\n{sender}",
    "Sampai nanti,\n{sender}",
    "Hormat saya,\n{sender}",
  ],
  slots: {
    day: ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    month: ["Januari", "Februari", "April", "Juni", "Agustus", "November"],
    time: ["08.00", "09.30", "13.15", "16.00", "19.00"],
    place: ["ruang Melati", "balai warga", "Galeri Kota", "teras belakang", "kantor kelurahan"],
    amount: ["Rp 412.300", "Rp 185.000", "Rp 1.250.000", "Rp 76.500", "Rp 2.900.000"],
    n: ["2", "3", "4", "5", "7", "12"],
    code: ["JKT-2210", "BDO-0417", "YIA-8832"],
    number: ["0187", "0192", "0203", "0218", "0240"],
    project: ["taman baca", "saluran air", "bank sampah", "kebun bersama", "posyandu"],
  },
  topics: [
    {
      kind: "conversation",
      subject: "Rapat anggaran dipindah ke {day}",
      body: [
        "Ruang Melati sudah dipesan untuk pukul {time}.",
        "Mohon bawa angka triwulan dan daftar pertanyaan yang belum terjawab.",
      ],
      replies: [
        "Baik, saya hadir. Angka triwulan sudah saya siapkan.",
        "Saya terlambat sepuluh menit, silakan mulai dulu.",
        "Catatan rapat saya kirim sore ini.",
      ],
      label: "Work/Reviews",
      files: [file("anggaran-triwulan.xlsx", xlsx)],
    },
    {
      kind: "conversation",
      subject: "Perbaikan atap balai warga",
      body: [
        "Tukang bisa mulai {day}. Estimasi material saya lampirkan, mohon persetujuan.",
        "Kalau hujan, pekerjaan mundur dua hari, tetapi biayanya tetap.",
      ],
      replies: [
        "Setuju. Tolong pastikan talang sebelah timur ikut diganti.",
        "Sudah saya tambahkan. Totalnya menjadi {amount}.",
        "Dana dari kas warga cukup. Silakan jalan.",
        "Terima kasih, semua. Foto menyusul setelah selesai.",
      ],
      label: "Kampung Bersih",
      files: [file("estimasi-material.pdf", pdf)],
    },
    {
      kind: "conversation",
      subject: "Kerja bakti hari {day}",
      body: [
        "Kita kumpul pukul {time} di {place}. Bawa sarung tangan dan karung.",
        "Ibu-ibu RT {n} menyiapkan makan siang, jadi jangan pulang dulu.",
      ],
      replies: [
        "Siap. Saya bawa gerobak.",
        "Anak-anak karang taruna ikut, kira-kira {n} orang.",
        "Luar biasa. Sampai jumpa.",
      ],
      label: "Kampung Bersih",
    },
    {
      kind: "conversation",
      subject: "Naskah untuk buletin {month}",
      body: [
        "Ini naskah saya tentang {project}. Panjangnya masih {n} halaman, boleh dipotong.",
        "Foto-fotonya ada pada Siti; resolusinya cukup untuk cetak.",
      ],
      replies: [
        "Sudah saya baca. Bagian tengahnya kuat, pembukanya bisa langsung ke cerita.",
        "Setuju, saya pendekkan malam ini.",
      ],
      files: [file("naskah-buletin.docx", docx)],
    },
    {
      kind: "conversation",
      subject: "Makan malam keluarga, {day}?",
      body: ["Ibu masak rawon dan terlalu banyak seperti biasa. Datang ya, pukul {time}."],
      replies: ["Dengan senang hati. Saya bawa kerupuk.", "Kerupuknya dua bungkus, katanya."],
    },
    {
      kind: "conversation",
      subject: "Data {project} bulan {month}",
      body: [
        "Ada {n} baris yang tanggalnya terbalik. Saya lampirkan supaya bisa dicek bersama.",
        "Kalau memang salah ketik, langsung saja diperbaiki di sumbernya.",
      ],
      replies: ["Salah ketik. Sudah saya betulkan.", "Terima kasih, totalnya sekarang cocok."],
      files: [file("baris-diperiksa.csv", "text/csv")],
    },
    {
      kind: "conversation",
      subject: "Tiket kereta ke Yogyakarta",
      body: [
        "Kereta {day} pukul {time} masih ada {n} kursi. Saya pesankan sekarang atau tunggu kabar Rizky?",
      ],
      replies: ["Pesan saja, nanti saya ganti.", "Sudah. Kodenya {code}."],
    },
    {
      kind: "album",
      subject: "Foto peresmian {project}",
      body: ["Akhirnya diresmikan juga. Ini dua foto yang paling saya suka; sisanya menyusul."],
      replies: ["Bagus sekali. Yang kedua saya pakai untuk buletin, boleh?", "Silakan."],
    },
    {
      kind: "invitation",
      subject: "Undangan: peluncuran buku",
      body: ["{day}, {time}, di {place}. Konfirmasi kehadiran paling lambat dua hari sebelumnya."],
    },
    {
      kind: "invitation",
      subject: "Undangan: rapat {project}",
      body: ["Membahas langkah berikutnya. {day}, {time}, {place}."],
    },
    {
      kind: "newsletter",
      from: "Warta Pasar <halo@wartapasar.example>",
      subject: "Harga pekan ini: cabai turun, bawang naik",
      body: [
        "Panen di Brebes mundur dua pekan. Pedagang menyarankan membeli secukupnya saja.",
        "Resep pembaca: sambal matang yang tahan tiga hari tanpa kulkas.",
      ],
    },
    {
      kind: "newsletter",
      from: "Ruang Baca <surat@ruangbaca.example>",
      subject: "{n} buku untuk akhir pekan",
      body: [
        "Catatan harian seorang penjaga mercusuar di Selat Sunda.",
        "Mengapa peta berbohong, dan mengapa kita lebih baik dengan peta yang begitu.",
      ],
    },
    {
      kind: "bill",
      from: "Nusantara Power <tagihan@nusantarapower.example>",
      subject: "Tagihan listrik {month}",
      body: ["Tagihan Anda sebesar {amount} jatuh tempo dalam 14 hari. Unduh rinciannya di lampiran."],
      label: "Invoices",
      files: [file("tagihan-listrik.pdf", pdf)],
    },
    {
      kind: "bill",
      from: "Bank Rakyat Demo <laporan@bankrakyat.example>",
      subject: "Laporan rekening {month} sudah tersedia",
      body: ["Laporan rekening terlampir. Kami tidak pernah meminta kata sandi lewat email."],
      label: "Invoices",
      files: [file("laporan-rekening.pdf", pdf), file("mutasi.csv", "text/csv")],
    },
    {
      kind: "notification",
      from: "Pengiriman Cepat <lacak@pengiriman.example>",
      subject: "Paket {code} tiba hari {day}",
      body: ["Kurir datang antara pukul {time} dan 18.00. Anda masih bisa memilih titip ke tetangga."],
    },
    {
      kind: "spam",
      from: "Undian Berhadiah <pemenang@hadiah.example>",
      subject: "SELAMAT! Anda terpilih",
      body: ["Nomor Anda memenangkan {amount}. Klik tautan ini sebelum pukul 24.00."],
    },
  ],
};
